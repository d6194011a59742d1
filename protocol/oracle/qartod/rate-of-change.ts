import { type Flag, flags } from '../../src/reading/flag.ts';
import { assertSameLength, isAbsent, type Series } from './series.ts';

export interface RateOfChangeOptions {
  /** Rate above which a value is suspect (3), in the unit of the values per second. */
  readonly suspect: number;
  /** Rate above which a value is bad (4). */
  readonly fail?: number;
}

/**
 * QARTOD rate of change over a whole series, as `rate_of_change_test` of ioos_qc: each value against the one
 * before it. The first value and those after a missing one pass (1); missing ones are 9.
 * @param times milliseconds since 1970, one per value; steps count in whole seconds
 * @returns one flag per value
 * @throws RangeError if times and values are not of one length
 */
export function rateOfChangeTest(values: Series, times: Series, options: RateOfChangeOptions): Flag[] {
  assertSameLength(values, times);
  const { suspect, fail = Number.POSITIVE_INFINITY } = options;
  return Array.from(values, (value, i): Flag => {
    if (isAbsent(value)) return flags.missing;
    if (i === 0 || Number.isNaN(values[i - 1]!)) return flags.good;
    const change = Math.abs(value - values[i - 1]!);
    const seconds = Math.abs(Math.trunc((times[i]! - times[i - 1]!) / 1000));
    // ioos_qc compares the bare change where no time has passed (numpy's masked division leaves it there).
    const rate = seconds === 0 ? change : change / seconds;
    if (rate > fail) return flags.bad;
    return rate > suspect ? flags.suspect : flags.good;
  });
}
