import { type Flag, flags } from '../../src/reading/flag.ts';
import { isWithin, ordered, type Series, type Span } from './series.ts';

export interface GrossRangeOptions {
  /** What the instrument can measure; outside is bad (4). */
  readonly failSpan: Span;
  /** What is plausible; outside is suspect (3). Must lie inside `failSpan`. */
  readonly suspectSpan?: Span;
}

/**
 * QARTOD gross range over a whole series, as `gross_range_test` of ioos_qc: bounds are inside, missing
 * (NaN) is 9, and the infinite is bad where other tests take it for missing.
 * @returns one flag per value
 * @throws RangeError if the suspect span reaches out of the fail span
 */
export function grossRangeTest(values: Series, options: GrossRangeOptions): Flag[] {
  const fail = ordered(options.failSpan);
  const suspect = options.suspectSpan ? ordered(options.suspectSpan) : fail;
  if (suspect[0] < fail[0] || suspect[1] > fail[1]) {
    throw new RangeError(`the suspect span ${suspect.join(' to ')} is not inside ${fail.join(' to ')}`);
  }
  return Array.from(values, (value): Flag => {
    if (Number.isNaN(value)) return flags.missing;
    if (!isWithin(value, fail)) return flags.bad;
    return isWithin(value, suspect) ? flags.good : flags.suspect;
  });
}
