// Which values a fault test may look at: those that no earlier test has failed.
import { flags } from '@wellhead/protocol';
import type { FaultSpan, FaultWindow } from './fault-window.ts';

/** Measured values of one property, in the order of time. */
export interface Measured {
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/** The values of the p-th property that are numbers, not bad or missing, and outside the spans of earlier tests. */
export function measuredOf(window: FaultWindow, p: number, earlier: readonly FaultSpan[]): Measured {
  const name = window.properties[p]!.name;
  const spans = earlier.filter(({ property }) => property === name);
  const { times } = window;
  const values = window.values[p]!;
  const flagged = window.flags[p]!;
  const keptTimes = new Float64Array(times.length);
  const keptValues = new Float64Array(times.length);
  let count = 0;
  for (let i = 0; i < times.length; i++) {
    const [time, value, flag] = [times[i]!, values[i]!, flagged[i]!];
    if (flag === flags.bad || flag === flags.missing || Number.isNaN(value)) continue;
    if (spans.some(({ start, end }) => time >= start && time <= end)) continue;
    keptTimes[count] = time;
    keptValues[count++] = value;
  }
  return { times: keptTimes.subarray(0, count), values: keptValues.subarray(0, count) };
}

/** The place of the first time at or after `at`; the number of times if there is none. */
export function placeOf(times: Float64Array, at: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
