// Axes along which several quantities vary most: eigenvectors by Jacobi's rotations (1846; cyclic, Golub & Van
// Loan, Matrix Computations, section 8.5).

const maxSweeps = 30;

/**
 * The fewest unit vectors that hold at least `share` of the variance, the largest first; none if nothing varies.
 * @param covariance symmetric, row by row, n × n; not changed
 */
export function principalAxes(covariance: Float64Array, n: number, share: number): Float64Array[] {
  const a = Float64Array.from(covariance);
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++) vectors[i * n + i] = 1;
  for (let sweep = 0; sweep < maxSweeps && !isDiagonal(a, n); sweep++) {
    for (let p = 0; p < n - 1; p++) for (let q = p + 1; q < n; q++) rotate(a, vectors, n, p, q);
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => a[j * n + j]! - a[i * n + i]!);
  const total = order.reduce((sum, i) => sum + a[i * n + i]!, 0);
  const axes: Float64Array[] = [];
  let held = 0;
  for (const i of order) {
    if (!(total > 0) || held >= share * total) break;
    held += a[i * n + i]!;
    axes.push(Float64Array.from({ length: n }, (_, k) => vectors[k * n + i]!));
  }
  return axes;
}

function isDiagonal(a: Float64Array, n: number): boolean {
  let off = 0;
  let on = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (i === j) on += a[i * n + j]! ** 2;
      else off += a[i * n + j]! ** 2;
    }
  }
  return off <= 1e-24 * on;
}

/** Turns the plane of axes p and q so that nothing is shared between them. */
function rotate(a: Float64Array, vectors: Float64Array, n: number, p: number, q: number): void {
  const shared = a[p * n + q]!;
  if (shared === 0) return;
  const theta = (a[q * n + q]! - a[p * n + p]!) / (2 * shared);
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cos = 1 / Math.sqrt(tangent * tangent + 1);
  const sin = tangent * cos;
  turn(a, n, cos, sin, (k) => [k * n + p, k * n + q]);
  turn(a, n, cos, sin, (k) => [p * n + k, q * n + k]);
  turn(vectors, n, cos, sin, (k) => [k * n + p, k * n + q]);
}

function turn(
  values: Float64Array,
  n: number,
  cos: number,
  sin: number,
  pair: (k: number) => readonly [number, number],
): void {
  for (let k = 0; k < n; k++) {
    const [i, j] = pair(k);
    const x = values[i]!;
    const y = values[j]!;
    values[i] = cos * x - sin * y;
    values[j] = sin * x + cos * y;
  }
}
