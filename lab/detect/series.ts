import type { Cause, Flag } from '@wellhead/protocol';
import type { PropertyDetection } from '../../cloud/src/analysis/detector/sensor-detector.ts';

/** From the first to the last reading, both inside; ms since 1970. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What really happened, once. */
export interface Label extends Span {
  /** The publishers of the labelled files do not say whether it was the ground or the instrument. */
  readonly kind: 'process' | 'fault' | 'unknown';
  readonly what: string;
  /** Left out: the sensor as a whole, so an event of any property hits it. */
  readonly properties?: readonly string[];
}

export type Part = 'training' | 'held-out';

export type Group =
  | 'labelled'
  | 'bgs'
  | 'generated-clean'
  | 'generated-faulty'
  | 'injected'
  | 'dropout'
  | 'untyped-dropout';

/** The readings of one sensor, as a detector gets them, with the truth beside them. */
export interface Series {
  readonly id: string;
  readonly title: string;
  readonly group: Group;
  readonly properties: readonly PropertyDetection[];
  /** Usual time between two readings, ms. */
  readonly interval: number;
  readonly times: Float64Array;
  /** By property; NaN is missing. */
  readonly values: readonly Float64Array[];
  /** By reading; left out where no quality test knows the sensor. */
  readonly flags?: readonly (readonly Flag[])[];
  readonly causes?: readonly (readonly Cause[])[];
  /** By start. */
  readonly labels: readonly Label[];
  /** Not faults and not to be told, but hard: real recharge. */
  readonly hard?: readonly Span[];
  /** The same sensor without what was put in. */
  readonly twin?: Series;
  /** Which part begins when, the first at or before the first reading. */
  readonly parts: readonly { readonly part: Part; readonly from: number }[];
}

/** The part that a time belongs to. */
export function partAt({ parts }: Pick<Series, 'parts'>, time: number): Part {
  return (parts.findLast(({ from }) => from <= time) ?? parts[0]!).part;
}

/** Runs of marked readings. */
export function runsOf(times: ArrayLike<number>, isMarked: (index: number) => boolean): Span[] {
  const runs: { from: number; to: number }[] = [];
  for (let i = 0; i < times.length; i++) {
    if (!isMarked(i)) continue;
    if (i > 0 && isMarked(i - 1)) runs.at(-1)!.to = times[i]!;
    else runs.push({ from: times[i]!, to: times[i]! });
  }
  return runs;
}
