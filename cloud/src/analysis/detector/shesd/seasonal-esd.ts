// S-H-ESD on one block of values: take the cycle off, then look for extreme deviates.
// Hochenbaum, Vallis & Kejariwal (2017), Automatic Anomaly Detection in the Cloud Via Statistical Learning,
// arXiv:1704.07706, algorithm 1 with the robust statistics of section 3.5.
import { findOutliers } from '../../mathematics/generalised-esd.ts';
import { median } from '../../mathematics/median.ts';
import { decompose } from '../../mathematics/stl/stl.ts';
import type { Anomaly } from '../anomaly.ts';
import { Unsuitable } from '../unsuitable.ts';
import { takeMeasured } from './missing-values.ts';
import type { ShesdPlan } from './options.ts';

/**
 * Anomalies of one block, most extreme first; `index` counts from the beginning of the block.
 *
 * @throws Unsuitable `too-short`, `gap`, `max-anoms`
 */
export function detectInBlock(block: Float64Array, plan: ShesdPlan): Anomaly[] {
  const { period, maxAnoms, alpha, direction, smallestMad, removeTrend, exactExpected } = plan;
  const { values, offset, positions } = takeMeasured(block, plan.bridgeGaps);
  if (values.length <= 2 * period)
    throw new Unsuitable(
      'too-short',
      `More than two cycles are needed: ${values.length} values for a cycle of ${period}. Give more values, or a shorter --period.`,
    );
  // The budget counts missing values at the ends, too: so it was published.
  const most = Math.min(Math.trunc(block.length * maxAnoms), Math.trunc(positions.length / 2) - 1);
  if (most < 1)
    throw new Unsuitable(
      'max-anoms',
      `a share of ${maxAnoms} of ${block.length} values is less than one value`,
    );
  const { seasonal, trend } = decompose(values, { period, seasonalWindow: 'periodic', robust: true });
  const measured = new Float64Array(positions.length);
  for (let i = 0; i < measured.length; i++) measured[i] = values[positions[i]!]!;
  const level = removeTrend ? 0 : median(measured);
  const residuals = new Float64Array(positions.length);
  for (let i = 0; i < residuals.length; i++) {
    const at = positions[i]!;
    residuals[i] = values[at]! - seasonal[at]! - (removeTrend ? trend[at]! : level);
  }
  return Array.from(findOutliers(residuals, { most, alpha, direction, smallestMad }), (outlier) => {
    const at = positions[outlier]!;
    const expected = trend[at]! + seasonal[at]!;
    return {
      index: offset + at,
      value: values[at]!,
      expected: exactExpected ? expected : Math.trunc(expected),
    };
  });
}
