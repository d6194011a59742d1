// Readings at the speed they were measured with, or many times as fast.
import { setTimeout as wait } from 'node:timers/promises';
import type { SensorReading } from '../sensor-reading.ts';

/** The time that pacing goes by, in milliseconds; tests bring their own. */
export interface PaceClock {
  now(): number;
  /** Resolves after so many milliseconds; rejects when the signal is aborted. */
  sleep(ms: number, signal: AbortSignal | undefined): Promise<void>;
}

const wallClock: PaceClock = {
  now: () => performance.now(),
  sleep: (ms, signal) => wait(ms, undefined, signal === undefined ? {} : { signal }),
};

/** Node's timers take 31 bits of milliseconds; longer waits are several. */
const longestSleep = 2 ** 31 - 1;

export interface PaceOptions {
  /** 1 is as it was measured, 360 puts an hour into ten seconds, Infinity does not wait. */
  readonly speed: number;
  readonly signal?: AbortSignal;
  readonly clock?: PaceClock;
}

/**
 * Lets readings through with the spacing of their `measuredAt`, divided by the speed. The schedule is kept
 * from the first reading on: whoever was held up catches up. A reading older than the one before it (the
 * next file, a clock set back) comes at once. Ends quietly when the signal is aborted.
 */
export async function* pace<R extends SensorReading>(
  readings: AsyncIterable<R> | Iterable<R>,
  options: PaceOptions,
): AsyncGenerator<R, void, void> {
  const { speed, signal, clock = wallClock } = options;
  let due: number | undefined;
  let before = 0;
  for await (const reading of readings) {
    due = due === undefined ? clock.now() : due + Math.max(0, reading.measuredAt - before) / speed;
    before = reading.measuredAt;
    for (let left = due - clock.now(); left > 0; left = due - clock.now()) {
      try {
        await clock.sleep(Math.min(left, longestSleep), signal);
      } catch (error) {
        if (signal?.aborted) return;
        throw error;
      }
    }
    yield reading;
  }
}
