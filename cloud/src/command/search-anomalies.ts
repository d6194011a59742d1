// S-H-ESD with the options of the command line: over the times of the values where there are any.
import type { Anomaly } from '../analysis/detector/anomaly.ts';
import { detectInSeries } from '../analysis/detector/shesd/detect-in-series.ts';
import { detectInTime } from '../analysis/detector/shesd/detect-in-time.ts';
import { TableProblem } from '../analysis/table/table-problem.ts';
import type { DetectOptions } from './detect-options.ts';

/** @throws TableProblem for options that need times where there are none */
export function searchAnomalies(
  values: Float64Array,
  times: Float64Array | undefined,
  period: number,
  options: DetectOptions,
): Anomaly[] {
  const { maxAnoms, direction, alpha, threshold, longterm, onlyLast, eValue, removeTrend, madFloor } =
    options;
  const shared = {
    period,
    maxAnoms,
    direction,
    alpha,
    ...(threshold && { threshold }),
    removeTrend: removeTrend === true,
    smallestMad: madFloor,
    exactExpected: !eValue,
    bridgeGaps: true,
  };
  const isLastPeriod = onlyLast === true;
  if (times !== undefined && !isLastPeriod) {
    return detectInTime(times, values, {
      ...shared,
      ...(longterm !== undefined && { longterm: { values: longterm } }),
      ...(onlyLast !== undefined && { onlyLast }),
    });
  }
  if (onlyLast !== undefined && !isLastPeriod)
    throw new TableProblem(`--only-last ${onlyLast} needs the times of the values: add --time.`);
  return detectInSeries(values, {
    ...shared,
    ...(longterm !== undefined && { longterm }),
    onlyLast: isLastPeriod,
  });
}
