// The hot loop of robust loess: straight lines through two windows at a time.

/** One window of a series: where it begins (positions from 0), where the line is wanted, and its kernel. */
export interface Window {
  readonly at: number;
  readonly start: number;
  readonly kernel: number[];
  /** As long as the kernel; is overwritten. */
  readonly weights: number[];
}

/**
 * Fits both windows, which are equally long, and writes the two values into `fitted`, NaN where all weights are 0.
 *
 * Each sum waits for its last addition, so the sums of two windows side by side cost little more than those of
 * one. Within a window they run in the order of the authors' own program, positions counted from 1: where
 * robustness leaves next to no weight, the fit hangs on the last digits, and later rounds make them large.
 *
 * @param leastSpread below this standard deviation of positions a window carries no slope
 */
export function fitLines(
  values: number[],
  robustness: number[],
  [a, b]: readonly [Window, Window],
  leastSpread: number,
  fitted: number[],
): void {
  const { start: startA, kernel: kernelA, weights: weightsA } = a;
  const { start: startB, kernel: kernelB, weights: weightsB } = b;
  const count = kernelA.length;
  let sumA = 0;
  let sumB = 0;
  for (let k = 0; k < count; k++) {
    const weightA = robustness[startA + k]! * kernelA[k]!;
    const weightB = robustness[startB + k]! * kernelB[k]!;
    weightsA[k] = weightA;
    weightsB[k] = weightB;
    sumA += weightA;
    sumB += weightB;
  }
  let meanA = 0;
  let meanB = 0;
  let positionA = startA + 1;
  let positionB = startB + 1;
  for (let k = 0; k < count; k++) {
    const weightA = weightsA[k]! / sumA;
    const weightB = weightsB[k]! / sumB;
    weightsA[k] = weightA;
    weightsB[k] = weightB;
    meanA += weightA * positionA;
    meanB += weightB * positionB;
    positionA += 1;
    positionB += 1;
  }
  let spreadA = 0;
  let spreadB = 0;
  positionA = startA + 1;
  positionB = startB + 1;
  for (let k = 0; k < count; k++) {
    const distanceA = positionA - meanA;
    const distanceB = positionB - meanB;
    spreadA += weightsA[k]! * (distanceA * distanceA);
    spreadB += weightsB[k]! * (distanceB * distanceB);
    positionA += 1;
    positionB += 1;
  }
  const slopeA = Math.sqrt(spreadA) > leastSpread ? (a.at + 1 - meanA) / spreadA : 0;
  const slopeB = Math.sqrt(spreadB) > leastSpread ? (b.at + 1 - meanB) / spreadB : 0;
  let fittedA = 0;
  let fittedB = 0;
  positionA = startA + 1;
  positionB = startB + 1;
  for (let k = 0; k < count; k++) {
    fittedA += weightsA[k]! * (slopeA * (positionA - meanA) + 1) * values[startA + k]!;
    fittedB += weightsB[k]! * (slopeB * (positionB - meanB) + 1) * values[startB + k]!;
    positionA += 1;
    positionB += 1;
  }
  fitted[0] = sumA > 0 ? fittedA : Number.NaN;
  fitted[1] = sumB > 0 ? fittedB : Number.NaN;
}
