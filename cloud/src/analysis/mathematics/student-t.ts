// Student's t distribution: its tails and centre by the incomplete beta function
// (NIST Digital Library of Mathematical Functions, 8.17), its quantiles by Newton steps on them.

const roundOff = 2 ** -53;

/**
 * The value that a t-distributed quantity with `degrees` of freedom stays under with probability `p`.
 * Relative error below 1e-12 for p as given; a `p` close to 1 has itself been rounded, which no quantile can mend.
 *
 * @throws RangeError unless 0 < p < 1 and degrees > 0
 */
export function quantileOfStudentT(p: number, degrees: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`a probability lies between 0 and 1: ${p}`);
  if (!(degrees > 0)) throw new RangeError(`degrees of freedom are above 0: ${degrees}`);
  if (p < 0.5) return -quantileAbove(p, 0.5 - p, degrees);
  return quantileAbove(1 - p, p - 0.5, degrees);
}

/** The t of an upper tail; `centre` is the probability between 0 and t, which small t are exact in. */
function quantileAbove(tail: number, centre: number, degrees: number): number {
  if (centre === 0) return 0;
  const scale = densityAtZero(degrees);
  const inTail = tail < 0.25;
  let t = inTail ? Math.sqrt(-2 * Math.log(2 * tail)) : centre / scale;
  // The logarithm of the tail is concave in ln t, so Newton comes down on the root from above, after one
  // step across it at most; the centre is concave in t and is approached from below.
  for (let round = 0; round < 100; round++) {
    const density = densityAt(t, degrees, scale);
    let next: number;
    if (inTail) {
      const reached = upperTail(t, degrees, scale);
      next = t * Math.exp((reached * Math.log(reached / tail)) / (t * density));
    } else {
      next = t + (centre - centralPart(t, degrees, scale)) / density;
    }
    const isThere = Math.abs(next - t) <= 4 * roundOff * Math.abs(next);
    t = next;
    if (isThere) break;
  }
  return t;
}

/** P(T > t) for t > 0: half of I_x(degrees/2, 1/2) at x = degrees/(degrees + t²). */
function upperTail(t: number, degrees: number, scale: number): number {
  const y = (t * t) / (degrees + t * t);
  // Under the mean of the beta distribution the fraction converges slowly; there the tail is no small rest.
  if (y < 3 / (degrees + 5)) return 0.5 - centralPart(t, degrees, scale);
  return 0.5 * t * densityAt(t, degrees, scale) * tailFraction(degrees / 2, y);
}

/** P(0 < T < t): half of I_y(1/2, degrees/2) at y = t²/(degrees + t²), a series of positive terms (DLMF 8.17.8). */
function centralPart(t: number, degrees: number, scale: number): number {
  const y = (t * t) / (degrees + t * t);
  let term = 1;
  let sum = 1;
  for (let n = 0; term > roundOff * sum; n++) {
    term *= ((degrees + 1 + 2 * n) * y) / (3 + 2 * n);
    sum += term;
  }
  return t * densityAt(t, degrees, scale) * sum;
}

/**
 * The fraction K of I_x(a, 1/2) = x^a y^(1/2) K / B(a, 1/2), in the form that takes y = 1 − x as it is, since
 * 1 − x would lose its digits for large a (Didonato & Morris 1992, TOMS 18, equation 9); by the Lentz method.
 */
function tailFraction(a: number, y: number): number {
  const b = 0.5;
  const x = 1 - y;
  const offset = (a + b) * y - b;
  let denominator = (a * (offset + 1)) / (a + 1);
  let c = denominator;
  let d = 0;
  let inverse = denominator;
  for (let n = 1; n < 10_000; n++) {
    const odd = a + 2 * n - 1;
    const numerator = ((a + n - 1) * (a + b + n - 1) * n * (b - n) * x * x) / (odd * odd);
    denominator = n + (n * (b - n) * x) / odd + ((a + n) * (offset + 1 + n * (1 + y))) / (odd + 2);
    d = 1 / (denominator + numerator * d);
    c = denominator + numerator / c;
    inverse *= c * d;
    if (Math.abs(c * d - 1) <= 2 * roundOff) break;
  }
  return 1 / inverse;
}

function densityAt(t: number, degrees: number, scale: number): number {
  return scale * Math.exp((-(degrees + 1) / 2) * Math.log1p((t * t) / degrees));
}

/**
 * Γ((ν+1)/2) / (Γ(ν/2) √(πν)), from Stirling's series of both logarithms with the large parts already
 * taken off against each other, so that nothing cancels for large ν.
 */
function densityAtZero(degrees: number): number {
  let a = degrees / 2;
  let ratio = 1;
  for (; a < 20; a++) ratio *= a / (a + 0.5);
  const logarithm =
    a * Math.log1p(0.5 / a) - 0.5 + 0.5 * Math.log(a) + stirlingTail(a + 0.5) - stirlingTail(a);
  return (ratio * Math.exp(logarithm)) / Math.sqrt(Math.PI * degrees);
}

function stirlingTail(z: number): number {
  const q = 1 / (z * z);
  return (1 / 12 - q * (1 / 360 - q * (1 / 1260 - q / 1680))) / z;
}
