// What comes in, before it is judged: a reading, or what could not be read.
import type { Value } from '@wellhead/protocol';

/** What a driver read: one sensor's values in the order of its type's properties. */
export interface RawReading {
  readonly sensor: string;
  /** Milliseconds since 1970, UTC, when the sensor says when; otherwise the time of receipt counts. */
  readonly measuredAt?: number;
  readonly values: (Value | undefined)[];
}

/** What a driver could not read; kept so that nothing is lost unseen. */
export interface BadInput {
  readonly source: string;
  readonly reason: DeadLetterReason;
  readonly detail: string;
  readonly payload: Uint8Array;
}

export type DeadLetterReason =
  | 'bad-json'
  | 'bad-value'
  | 'bad-time'
  | 'bad-frame'
  | 'unknown-sensor'
  | 'unknown-property'
  | 'no-value';
