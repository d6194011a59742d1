// What a driver promises, and what every driver is given.
import type { Checkpoints } from './checkpoints.ts';
import type { Intake } from './intake-port.ts';

/** What a driver counts; the label is the sensor, or what the counter's entry names. */
export type DriverCounter =
  | 'polls_total'
  | 'polls_failed_total'
  | 'turns_missed_total'
  | 'readings_unkept_total'
  | 'bytes_discarded_total'
  | 'frames_dropped_total'
  | 'ports_opened_total'
  | 'answers_unchanged_total'
  | 'requests_deferred_total'
  | 'files_begun_total'
  | 'lines_dropped_total';

/** What every driver is given. Time and chance come in through here, so that tests bring their own. */
export interface DriverHost {
  readonly intake: Intake;
  readonly now: () => number;
  readonly random: () => number;
  readonly count: (name: DriverCounter, amount: number, label: string) => void;
  /** How late a turn began, in milliseconds after its aligned time. */
  readonly late?: (ms: number, sensor: string) => void;
  /** For the person on site: what is wrong and where, said once when it begins and once when it ends. */
  readonly say: (level: 'info' | 'warn', facts: Readonly<Record<string, unknown>>, text: string) => void;
}

/** What drivers of sources that keep their readings are given beside it. */
export interface SourceHost extends DriverHost {
  readonly checkpoints: Checkpoints;
}

/**
 * One source of readings, running from the moment it was started until it is closed.
 *
 * Promises: a reading that was measured is offered to the intake until it is durable (or is a dead letter),
 * and only then does the same device measure again; what cannot be read is refused with a reason or counted;
 * a device that is dead, slow or babbling costs its own bus its timeout, and no other bus anything; a port
 * that goes away is opened again by itself, for ever, with a pause that grows to a bound.
 */
export interface SensorDriver {
  /** Stops measuring; waits for what is under way, at most its timeout. May be called twice. */
  close(): Promise<void>;
}
