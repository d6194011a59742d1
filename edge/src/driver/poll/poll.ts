// Devices that speak when they are asked: what is asked when, and what follows from the answer.
import type { RawReading } from '../../reading/raw-reading.ts';

/** When a device is asked. Times are milliseconds. */
export interface PollPlan {
  /** Aligned to the clock: every quarter of an hour means :00, :15, :30 and :45, plus the offset. */
  readonly everyMs: number;
  readonly offsetMs: number;
  /** An answer that takes longer is none. */
  readonly timeoutMs: number;
  /** Asked again so often within one turn; then the turn is lost, counted and said. */
  readonly retries: number;
}

/** One device as the poller sees it; a driver gives the `measure`. */
export interface PolledDevice {
  readonly sensor: string;
  readonly plan: PollPlan;
  /**
   * Begins what takes its time without the line, as a warm-up or a concurrent measurement, and resolves with
   * how many milliseconds later `measure` may collect. Other devices have their turn meanwhile.
   */
  prepare?(signal: AbortSignal): Promise<number>;
  /**
   * Asks once. Resolves with a reading, with several in their order, or with undefined when the source has
   * nothing new. Rejects when the device does not answer or cannot be understood (the reason is the error's
   * message). Must end soon after the signal aborts, which it does at the timeout.
   */
  measure(signal: AbortSignal): Promise<RawReading | readonly RawReading[] | undefined>;
  /** What `measure` gave is durable. */
  kept?(): Promise<void>;
}

/** The next aligned turn after `now`. */
export function nextTurn(now: number, plan: Pick<PollPlan, 'everyMs' | 'offsetMs'>): number {
  const since = Math.floor((now - plan.offsetMs) / plan.everyMs);
  return (since + 1) * plan.everyMs + plan.offsetMs;
}
