import { type Flag, flags } from '../../src/reading/flag.ts';
import { assertSameLength, isAbsent, medianStepSeconds, type Series } from './series.ts';

export interface FlatLineOptions {
  /** Seconds without change after which a value is suspect (3). */
  readonly suspectSeconds: number;
  /** Seconds without change after which a value is bad (4). */
  readonly failSeconds: number;
  /** A window whose range is below this has not changed; 0, the default, is never reached. */
  readonly tolerance?: number;
}

/**
 * QARTOD flat line over a whole series, as `flat_line_test` of ioos_qc: seconds become a count of median steps,
 * and a value is blamed when it and that many before it stay within the tolerance. Missing ones are 9 and left
 * out of the windows; under three values everything passes, even what is missing.
 * @param times milliseconds since 1970, one per value
 * @returns one flag per value
 * @throws RangeError if times and values are not of one length, or the median step is under a second
 */
export function flatLineTest(values: Series, times: Series, options: FlatLineOptions): Flag[] {
  assertSameLength(values, times);
  if (values.length < 3) return Array.from(values, () => flags.good);
  const step = medianStepSeconds(times);
  if (!(step >= 1)) throw new RangeError('flat line counts in steps of a second or more, forward in time');
  const suspectSteps = Math.trunc(Math.trunc(options.suspectSeconds) / step);
  const failSteps = Math.trunc(Math.trunc(options.failSeconds) / step);
  const tolerance = options.tolerance ?? 0;
  return Array.from(values, (value, i): Flag => {
    if (isAbsent(value)) return flags.missing;
    if (i >= failSteps && rangeOfWindow(values, i - failSteps, i) < tolerance) return flags.bad;
    if (i >= suspectSteps && rangeOfWindow(values, i - suspectSteps, i) < tolerance) return flags.suspect;
    return flags.good;
  });
}

function rangeOfWindow(values: Series, from: number, to: number): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = from; i <= to; i++) {
    const value = values[i]!;
    if (isAbsent(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high - low;
}
