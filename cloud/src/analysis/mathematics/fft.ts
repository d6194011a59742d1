// The discrete Fourier transform of any length: radix 2 by Cooley & Tukey (1965), other lengths as a
// convolution by Bluestein (1970).

/**
 * |Σ x_t e^(−2πi kt/n)|² for k = 0 … floor(n/2): the squared size of each frequency, in O(n log n).
 */
export function powerOf(values: Float64Array): Float64Array {
  const n = values.length;
  const real = Float64Array.from(values);
  const imaginary = new Float64Array(n);
  const [re, im] = (n & (n - 1)) === 0 ? transform(real, imaginary) : transformAnyLength(real);
  return Float64Array.from({ length: (n >> 1) + 1 }, (_, k) => re[k]! * re[k]! + im[k]! * im[k]!);
}

type Complex = readonly [real: Float64Array, imaginary: Float64Array];

/** In place; the length is a power of two. */
function transform(re: Float64Array, im: Float64Array): Complex {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [re[i], re[j]] = [re[j]!, re[i]!];
      [im[i], im[j]] = [im[j]!, im[i]!];
    }
  }
  for (let half = 1; half < n; half *= 2) {
    for (let k = 0; k < half; k++) {
      const cos = Math.cos((Math.PI * k) / half);
      const sin = -Math.sin((Math.PI * k) / half);
      for (let a = k; a < n; a += 2 * half) {
        const b = a + half;
        const x = re[b]! * cos - im[b]! * sin;
        const y = re[b]! * sin + im[b]! * cos;
        re[b] = re[a]! - x;
        im[b] = im[a]! - y;
        re[a] = re[a]! + x;
        im[a] = im[a]! + y;
      }
    }
  }
  return [re, im];
}

function transformAnyLength(values: Float64Array): Complex {
  const n = values.length;
  const size = 2 ** Math.ceil(Math.log2(2 * n));
  // e^(−πi k²/n); k² is taken modulo 2n, where the angle repeats, to keep its digits.
  const cos = Float64Array.from(values, (_, k) => Math.cos((Math.PI * ((k * k) % (2 * n))) / n));
  const sin = Float64Array.from(values, (_, k) => -Math.sin((Math.PI * ((k * k) % (2 * n))) / n));
  const [ar, ai, br, bi] = Array.from({ length: 4 }, () => new Float64Array(size)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let k = 0; k < n; k++) {
    ar[k] = values[k]! * cos[k]!;
    ai[k] = values[k]! * sin[k]!;
    br[k] = br[(size - k) % size] = cos[k]!;
    bi[k] = bi[(size - k) % size] = -sin[k]!;
  }
  transform(ar, ai);
  transform(br, bi);
  for (let k = 0; k < size; k++) {
    const x = ar[k]! * br[k]! - ai[k]! * bi[k]!;
    // The conjugate, so that the forward transform below is the inverse.
    ai[k] = -(ar[k]! * bi[k]! + ai[k]! * br[k]!);
    ar[k] = x;
  }
  transform(ar, ai);
  const re = new Float64Array(n);
  const im = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    const x = ar[k]! / size;
    const y = -ai[k]! / size;
    re[k] = x * cos[k]! - y * sin[k]!;
    im[k] = x * sin[k]! + y * cos[k]!;
  }
  return [re, im];
}
