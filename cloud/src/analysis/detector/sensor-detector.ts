// PORT: finds events in the readings of one sensor, one reading after the other, and never looks ahead.
import type { Cause, Flag } from '@wellhead/protocol';
import type { DetectedEvent } from '../../event/event.ts';

/** What a detector must know of one property; all of it has a default. */
export interface PropertyDetection {
  readonly name: string;
  /** What people see in explanations. */
  readonly title: string;
  readonly unit: string;
  /** Smallest step the instrument shows; left out: learnt from the values. */
  readonly resolution?: number;
}

/** One false alarm in half a year is what people bear and still look at the next. */
export const usualAlarmsPerYear = 2;

export interface DetectionSettings {
  readonly properties: readonly PropertyDetection[];
  /** Usual time between two readings, ms. */
  readonly interval: number;
  /** How many false process alarms a year are acceptable for each property. */
  readonly alarmsPerYear: number;
  /** Set by people's verdicts, per property: above 1 asks for more before it tells, below 1 for less. */
  readonly caution?: Readonly<Record<string, number>>;
  /** Half-open spans in which people worked at the sensor, ms, in order. */
  readonly maintenance?: readonly { readonly from: number; readonly to: number }[];
}

/**
 * Looks at the readings of one sensor one after the other and never ahead: what it says of a reading depends
 * on that reading and those before. Pure: the same readings give the same events.
 */
export interface SensorDetector {
  /**
   * Takes the next reading; times must not go back. A missing value is NaN. Flags and causes are those of
   * the quality tests, one for each property; left out, nothing was tested.
   */
  push(time: number, values: ArrayLike<number>, flags?: ArrayLike<Flag>, causes?: ArrayLike<Cause>): void;
  /** All events so far by start; the last ones may be open and will grow, or change in kind, as readings come. */
  events(): readonly DetectedEvent[];
}
