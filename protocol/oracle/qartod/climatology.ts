import { type Flag, flags } from '../../src/reading/flag.ts';
import { type Period, periodOf } from './period.ts';
import { assertSameLength, isAbsent, isWithin, ordered, type Series, type Span } from './series.ts';

/** What is usual in one season (and at one depth). All bounds are inside. */
export interface ClimatologyWindow {
  /** Milliseconds since 1970, or numbers of the `period` where there is one. */
  readonly timeSpan: Span;
  /** Outside is suspect (3). */
  readonly suspectSpan: Span;
  /** Outside is bad (4). */
  readonly failSpan?: Span;
  /** Depth in metres, positive down; a window with one does not judge values whose depth is not known. */
  readonly depthSpan?: Span;
  readonly period?: Period;
}

/**
 * QARTOD climatology over a whole series, as `climatology_test` of ioos_qc: later windows overrule earlier
 * ones, a value in no window is not evaluated (2), missing ones are 9. One thing is not as there: ioos_qc 3.0.0
 * lets some missing values and depths pass as good (masked arrays lose their mask there); here they never do.
 * @param times milliseconds since 1970, one per value
 * @param depths one per value, NaN where not known
 * @returns one flag per value
 * @throws RangeError if the series are not of one length
 */
export function climatologyTest(
  values: Series,
  times: Series,
  depths: Series,
  windows: readonly ClimatologyWindow[],
): Flag[] {
  assertSameLength(values, times);
  assertSameLength(values, depths);
  return Array.from(values, (value, i): Flag => {
    if (isAbsent(value)) return flags.missing;
    let flag: Flag = flags.notEvaluated;
    for (const window of windows) {
      if (isInWindow(window, times[i]!, depths[i]!)) flag = flagIn(window, value);
    }
    return flag;
  });
}

function isInWindow(
  { timeSpan, depthSpan, period }: ClimatologyWindow,
  time: number,
  depth: number,
): boolean {
  const moment = period ? periodOf(period, time) : time;
  return (
    isWithin(moment, ordered(timeSpan)) && (depthSpan === undefined || isWithin(depth, ordered(depthSpan)))
  );
}

function flagIn({ suspectSpan, failSpan }: ClimatologyWindow, value: number): Flag {
  if (failSpan && !isWithin(value, ordered(failSpan))) return flags.bad;
  return isWithin(value, ordered(suspectSpan)) ? flags.good : flags.suspect;
}
