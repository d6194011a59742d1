// The definition of the generalised ESD, step by step as it is written: O(most · n). It is the yardstick for
// the fast one, in tests and in the bench.
import type { EsdOptions } from './generalised-esd.ts';
import { gaussianMad, median, medianAbsoluteDeviation } from './median.ts';
import { quantileOfStudentT } from './student-t.ts';

/** As `findOutliers`. */
export function findOutliersByDefinition(values: Float64Array, options: EsdOptions): Uint32Array {
  const { most, alpha, direction, smallestMad = 0 } = options;
  const n = values.length;
  const rest = Array.from(values, (value, position) => ({ value, position }));
  const candidates: number[] = [];
  let outliers = 0;
  for (let i = 1; i <= most; i++) {
    const left = Float64Array.from(rest, ({ value }) => value);
    const middle = median(left);
    const scale = Math.max(medianAbsoluteDeviation(left, gaussianMad), smallestMad);
    if (scale === 0) break;
    let at = 0;
    let largest = Number.NEGATIVE_INFINITY;
    rest.forEach(({ value }, index) => {
      const away = (direction === 'neg' ? middle - value : value - middle) / scale;
      const deviate = direction === 'both' ? Math.abs(away) : away;
      if (deviate > largest) {
        largest = deviate;
        at = index;
      }
    });
    candidates.push(rest.splice(at, 1)[0]!.position);
    const p = 1 - alpha / ((direction === 'both' ? 2 : 1) * (n - i + 1));
    const t = quantileOfStudentT(p, n - i - 1);
    if (largest > (t * (n - i)) / Math.sqrt((n - i - 1 + t * t) * (n - i + 1))) outliers = i;
  }
  return Uint32Array.from(candidates.slice(0, outliers));
}
