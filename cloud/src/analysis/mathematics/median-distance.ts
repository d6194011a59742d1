/**
 * The median of the distances from `middle`, which lies among the sorted values from `from` up to, but not with,
 * `to`; in O(log n).
 */
export function medianDistance(sorted: Float64Array, from: number, to: number, middle: number): number {
  const half = (to - from) >> 1;
  const upper = distanceOfRank(sorted, from, to - 1 - half, half, middle);
  if ((to - from) % 2 === 1) return upper;
  return (distanceOfRank(sorted, from, to - half, half - 1, middle) + upper) / 2;
}

/**
 * The nearest `rank + 1` values lie side by side, beginning somewhere from `low` to `high`: bisection finds where,
 * and the farther of its ends is the one.
 */
function distanceOfRank(
  sorted: Float64Array,
  low: number,
  high: number,
  rank: number,
  middle: number,
): number {
  let first = low;
  let last = high;
  while (first < last) {
    const at = (first + last) >> 1;
    if (middle - sorted[at]! > sorted[at + rank + 1]! - middle) first = at + 1;
    else last = at;
  }
  return Math.max(middle - sorted[first]!, sorted[first + rank]! - middle);
}
