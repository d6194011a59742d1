/** The `p`-quantile by linear interpolation between order statistics, type 7 of Hyndman & Fan (1996). NaN for no values. */
export function quantile(values: Float64Array, p: number): number {
  if (values.length === 0) return Number.NaN;
  const sorted = Float64Array.from(values).sort();
  const rank = p * (sorted.length - 1);
  const below = Math.floor(rank);
  const lower = sorted[below]!;
  return lower + (rank - below) * (sorted[Math.min(below + 1, sorted.length - 1)]! - lower);
}
