import { type Flag, flags } from '../../src/reading/flag.ts';
import type { Series } from './series.ts';

export interface TimeGapOptions {
  /** Hours between two times above which the later one is bad (4); 2 unless set. */
  readonly failHours?: number;
}

/**
 * QARTOD timing/gap over a whole series, as `time_gap_test` of ioos_qc: the time after a gap is bad (4), a
 * missing time (NaN) is 9 and the one after it not evaluated (2); the first takes the flag of the second, or
 * 2 where that is missing.
 * @param times milliseconds since 1970
 * @returns one flag per time
 */
export function timeGapTest(times: Series, options: TimeGapOptions = {}): Flag[] {
  const limitMs = Math.trunc((options.failHours ?? 2) * 3600) * 1000;
  const flagged = Array.from(times, (time, i): Flag => {
    if (Number.isNaN(time)) return flags.missing;
    if (i === 0) return flags.good;
    const step = time - times[i - 1]!;
    if (Number.isNaN(step)) return flags.notEvaluated;
    return step > limitMs ? flags.bad : flags.good;
  });
  const second = flagged[1];
  if (second === undefined) return flagged;
  flagged[0] = second === flags.missing && flagged[0] !== flags.missing ? flags.notEvaluated : second;
  return flagged;
}
