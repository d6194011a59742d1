// The middle of some values and how far they scatter about it, neither of which a few wild ones can move.
import { quickselect } from 'simple-statistics';

/** Makes the median absolute deviation a consistent estimate of a Gaussian's standard deviation. */
export const gaussianMad = 1.4826;

/** The median of all values; of an even number the mean of the middle two. NaN for none. The values stay as they are. */
export function median(values: Float64Array): number {
  return medianInPlace(Float64Array.from(values));
}

/** As `median`, but leaves the values in another order. */
export function medianInPlace(values: Float64Array): number {
  const n = values.length;
  if (n === 0) return Number.NaN;
  const middle = n >> 1;
  // Selection only indexes and swaps, so a typed array serves; the package's types know plain arrays only.
  quickselect(values as unknown as number[], middle);
  const upper = values[middle]!;
  if (n % 2 === 1) return upper;
  let lower = values[0]!;
  for (let i = 1; i < middle; i++) if (values[i]! > lower) lower = values[i]!;
  return (lower + upper) / 2;
}

/** Median absolute deviation from the median, in the unit of the values, times `scale`. NaN for no values. */
export function medianAbsoluteDeviation(values: Float64Array, scale: number = gaussianMad): number {
  const middle = median(values);
  return scale * medianInPlace(values.map((value) => Math.abs(value - middle)));
}
