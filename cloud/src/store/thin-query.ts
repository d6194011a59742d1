// Many readings as few: the lowest and highest value of each stretch of time.
import { dayMs, type Flag, hourMs, minuteMs, secondMs } from '@wellhead/protocol';
import type { AsOf } from './stored-reading.ts';

export interface ThinQuery {
  readonly site: string;
  readonly sensor: string;
  /** Half-open; left out: from the first reading to the last. */
  readonly from?: number;
  readonly to?: number;
  readonly asOf?: AsOf;
  readonly properties: readonly string[];
  /** At most so many stretches. */
  readonly buckets: number;
}

/** Readings whose time is known to be wrong (4) are in no bucket. */
export interface Thinned {
  /** How long each stretch is; they begin at whole multiples of it since 1970, so that a moved window keeps them. */
  readonly bucketMs: number;
  /** In order of time; stretches without readings are left out. */
  readonly buckets: readonly Bucket[];
  /** Readings of the range whose time is known to be wrong. */
  readonly untimely: number;
}

export interface Bucket {
  readonly start: number;
  readonly readings: number;
  /** Measured times of its first and last reading. */
  readonly first: number;
  readonly last: number;
  /** One for each property asked for. */
  readonly cells: readonly Cell[];
}

export interface Cell {
  /** Finite numbers whose flag is neither bad (4) nor missing (9): min and max are over these. */
  readonly count: number;
  /** NaN where there is none. */
  readonly min: number;
  readonly max: number;
  /** The worst flag of all its values, bad and missing ones too; undefined where no reading names the property. */
  readonly worst: Flag | undefined;
}

/** Lengths that people can name. */
const lengths = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * secondMs),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minuteMs),
  ...[1, 2, 3, 6, 12].map((n) => n * hourMs),
  ...[1, 2, 7, 14, 28].map((n) => n * dayMs),
];

/** The shortest length with which a range touches at most so many stretches. */
export function bucketLength(from: number, to: number, buckets: number): number {
  const fits = (length: number) => Math.floor(to / length) - Math.floor(from / length) < buckets;
  const named = lengths.find(fits);
  if (named !== undefined) return named;
  let length = lengths.at(-1)!;
  while (!fits(length)) length *= 2;
  return length;
}

/** Most stretches that can be asked for: what a store has to hold while it answers. */
export const maxBuckets = 10_000;

/** @throws TypeError where a caller asks for none, or for more than a store can hold */
export function mustBeBuckets(buckets: number): void {
  // Two, because a range can lie across a border however long the stretches are.
  if (!Number.isSafeInteger(buckets) || buckets < 2 || buckets > maxBuckets)
    throw new TypeError(`buckets is a whole number from 2 to ${maxBuckets}`);
}
