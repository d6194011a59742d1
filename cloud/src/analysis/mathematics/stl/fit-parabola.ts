// A parabola through the values around a position, the nearer the more they count: what bends is followed.

/**
 * Weighted least squares of a parabola by its normal equations, distances scaled to the window; undefined where the
 * values in the window do not tell one.
 */
export function fitParabola(
  values: number[],
  kernel: readonly number[],
  { at, start }: { readonly at: number; readonly start: number },
  robustness: number[] | undefined,
): number | undefined {
  const count = kernel.length;
  const s = [0, 0, 0, 0, 0];
  const t = [0, 0, 0];
  for (let k = 0, j = start; k < count; k++, j++) {
    const w = robustness === undefined ? kernel[k]! : kernel[k]! * robustness[j]!;
    const d = (j - at) / count;
    let power = w;
    for (let p = 0; p < 5; p++, power *= d) {
      s[p]! += power;
      if (p < 3) t[p]! += power * values[j]!;
    }
  }
  const [a, b, c, d, e] = s as [number, number, number, number, number];
  const [u, v, w] = t as [number, number, number];
  const determinant = a * (c * e - d * d) - b * (b * e - c * d) + c * (b * d - c * c);
  if (!(Math.abs(determinant) > 1e-12 * a * a * a)) return undefined;
  return (u * (c * e - d * d) - b * (v * e - d * w) + c * (v * d - c * w)) / determinant;
}
