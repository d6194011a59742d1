// The hot loop of robust loess: a straight line through a window, by its normal equations in one pass.

/** One window of a series: where it begins (positions from 0), where the line is wanted, and its kernel. */
export interface Window {
  readonly at: number;
  readonly start: number;
  readonly kernel: number[];
}

/** Below this share of what it is made of, the determinant has lost too many digits. */
const leastDeterminant = 1e-4;
/** Below this mean weight of a value the digits of the weights themselves count. */
const leastWeight = 1e-6;

/**
 * The weighted line through the window at the wanted place; NaN where the sums do not carry it to twelve digits: next
 * to no weight is left, or it lies practically on one spot. There the fit hangs on the last digits, later rounds make
 * them large, and the slow way must be gone, in the order of the authors' own program.
 *
 * @param leastSpread below this standard deviation of positions a window carries no slope
 */
export function fitLine(
  values: number[],
  robustness: number[],
  { at, start, kernel }: Window,
  leastSpread: number,
): number {
  const count = kernel.length;
  let sum = 0;
  let first = 0;
  let second = 0;
  let level = 0;
  let lean = 0;
  let x = start - at;
  for (let k = 0; k < count; k++) {
    const weight = robustness[start + k]! * kernel[k]!;
    const moment = weight * x;
    const value = values[start + k]!;
    sum += weight;
    first += moment;
    second += moment * x;
    level += weight * value;
    lean += moment * value;
    x += 1;
  }
  const determinant = sum * second - first * first;
  if (!(sum > leastWeight * count && determinant > leastDeterminant * sum * second)) return Number.NaN;
  if (determinant <= leastSpread * leastSpread * sum * sum) return Number.NaN;
  return (level * second - lean * first) / determinant;
}
