// What fault tests with hindsight look at, and what they say. Times are milliseconds since 1970, UTC.
import type { CauseName, FaultSettings } from '@wellhead/protocol';

export interface FaultProperty {
  readonly name: string;
  /** What people see in explanations. */
  readonly title: string;
  readonly unit: string;
  /** Smallest step the instrument shows. */
  readonly resolution?: number;
  /** A test without its setting is off for the property. */
  readonly settings: FaultSettings;
}

/** Readings of one sensor in the order of time: each property has a column of values, flags and causes. */
export interface FaultWindow {
  readonly properties: readonly FaultProperty[];
  /** Usual time between two readings, ms. */
  readonly interval: number;
  readonly times: Float64Array;
  /** NaN where there is no number. */
  readonly values: readonly Float64Array[];
  readonly flags: readonly Uint8Array[];
  readonly causes: readonly Uint8Array[];
}

/** A measurement by hand. */
export interface Dip {
  readonly property: string;
  readonly at: number;
  readonly value: number;
}

/** Another sensor of the site: good values of one property, NaN where there is none. */
export interface Neighbour {
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/** When people are out at sensors; days count from 0, Sunday, hours from midnight, both after `offsetMs` to UTC. */
export interface WorkingHours {
  readonly days: readonly number[];
  readonly from: number;
  readonly to: number;
  readonly offsetMs: number;
}

/** What is known beside the readings; all of it may be left out. */
export interface FaultContext {
  /** Half-open spans in which people worked at the sensor. */
  readonly maintenance?: readonly { readonly from: number; readonly to: number }[];
  /** Given: a calibration that no maintenance tells of is one within these hours only. */
  readonly workingHours?: WorkingHours;
  readonly dips?: readonly Dip[];
  /** By property. */
  readonly neighbours?: ReadonlyMap<string, readonly Neighbour[]>;
}

/** The causes that only hindsight or other sensors tell. */
export type FaultCause = Extract<
  CauseName,
  'sensor-moved' | 'calibration' | 'drift' | 'disagrees-with-neighbours' | 'disagrees-with-partner'
>;

/** Readings of one property that are suspect (3), from the first to the last of them. */
export interface FaultSpan {
  readonly property: string;
  readonly start: number;
  /** Where it is plainest. */
  readonly peak: number;
  readonly end: number;
  readonly cause: FaultCause;
  /** At the peak, and what it would have been without the fault, in the unit of the property. */
  readonly value: number;
  readonly expected: number;
  /** The size of a step, or of a departure, in the unit of the property; of a drift, per day. */
  readonly size: number;
  /** A sentence for people, with numbers and units. */
  readonly text: string;
}
