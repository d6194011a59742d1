// Smoothing a series by local polynomials, as the seasonal-trend decomposition needs it.
// Cleveland, Cleveland, McRae & Terpenning (1990), STL, J. Official Statistics 6(1), section 2 and appendix.
import { zeros } from './doubles.ts';
import { fitLine } from './fit-line.ts';

export interface LoessOptions {
  /** How many points each fit sees; may be longer than the series, which then is fitted ever flatter. */
  readonly window: number;
  readonly degree: 0 | 1 | 2;
  /** Only every jump-th point is fitted, those between are interpolated. */
  readonly jump: number;
  /**
   * Remember what each value of a window contributes to its fit, for a smoother that is used again and again without
   * robustness weights.
   */
  readonly keepsWeights?: boolean;
}

/** Under this share of the half-width a distance counts as none, over one minus it as outside. */
const edgeShare = 0.001;

/** All windows but those at the ends of a series look the same, so few kernels serve. */
const maxKernels = 64;

/** A loess smoother for series of one length: it keeps the tricube weights from one fit to the next. */
export class Loess {
  readonly #options: LoessOptions;
  readonly #length: number;
  /** Values in each window. */
  readonly #count: number;
  readonly #kernels = new Map<number, number[]>();
  readonly #kept = new Map<number, number[]>();
  readonly #weights: number[];
  #mean = 0;
  #slope = 0;

  /** @throws RangeError for a window or jump below 1 */
  constructor(length: number, options: LoessOptions) {
    if (options.window < 1 || options.jump < 1)
      throw new RangeError('a loess window and jump are 1 or longer');
    this.#length = length;
    this.#options = options;
    this.#count = Math.min(length, options.window);
    this.#weights = zeros(this.#count);
  }

  /**
   * Smooths `values` into `smooth`, both of the length given at the start. `robustness` are weights from 0 to 1;
   * where all weights of a window are 0 the value stays as it is.
   */
  smooth(values: number[], smooth: number[], robustness?: number[]): void {
    const n = this.#length;
    if (n < 2) {
      if (n === 1) smooth[0] = values[0]!;
      return;
    }
    const step = Math.min(this.#options.jump, n - 1);
    const last = n - 1 - ((n - 1) % step);
    const { degree, keepsWeights = false } = this.#options;
    let from = 0;
    if (keepsWeights && degree < 2 && robustness === undefined) {
      for (; from + 3 * step <= last; from += 4 * step) this.#fitKeptFour(values, smooth, from, step);
    }
    for (let at = from; at <= last; at += step) {
      smooth[at] = this.#fitOr(values[at]!, values, at, this.#startOf(at), robustness);
    }
    // The last point looks through the window of the grid point before it.
    if (last < n - 1)
      smooth[n - 1] = this.#fitOr(values[n - 1]!, values, n - 1, this.#startOf(last), robustness);
    if (step > 1)
      for (let at = 0; at < n - 1; at += step) interpolate(smooth, at, Math.min(at + step, n - 1));
  }

  /** Where the window of a position within the series begins. */
  #startOf(at: number): number {
    const before = ((this.#options.window + 1) >> 1) - 1;
    return Math.min(Math.max(at - before, 0), this.#length - this.#count);
  }

  /**
   * The fit at position `at`, which may lie beyond the ends, from the window that begins with `start`.
   * NaN where all weights are 0.
   */
  fit(values: number[], at: number, start: number, robustness?: number[]): number {
    const { degree, keepsWeights = false } = this.#options;
    if (degree === 2) {
      const bent = this.#fitParabola(values, at, start, robustness);
      if (bent !== undefined) return bent;
    }
    if (keepsWeights && robustness === undefined) return this.#fitKept(values, at, start);
    if (degree === 1 && robustness !== undefined) {
      const window = { at, start, kernel: this.kernelOf(at - start) };
      const fitted = fitLine(values, robustness, window, edgeShare * (this.#length - 1));
      if (!Number.isNaN(fitted)) return fitted;
    }
    if (!this.#weigh(at, start, robustness)) return Number.NaN;
    const weights = this.#weights;
    const slope = this.#slope;
    const mean = this.#mean;
    let fitted = 0;
    let position = start + 1;
    for (let k = 0; k < weights.length; k++) {
      fitted += weights[k]! * (slope * (position - mean) + 1) * values[start + k]!;
      position += 1;
    }
    return fitted;
  }

  /**
   * What each value of a window contributes to its fit; undefined where all weights are 0. Windows that lie alike
   * around their point share it.
   */
  #keptOf(at: number, start: number): number[] | undefined {
    const known = this.#kept.get(at - start);
    if (known !== undefined) return known;
    if (!this.#weigh(at, start, undefined)) return undefined;
    const kept = this.#weights.map((weight, k) => weight * (this.#slope * (start + k + 1 - this.#mean) + 1));
    this.#kept.set(at - start, kept);
    return kept;
  }

  /** Four fits side by side: each sum waits for its last addition. */
  #fitKeptFour(values: number[], smooth: number[], first: number, step: number): void {
    const [at1, at2, at3] = [first + step, first + 2 * step, first + 3 * step];
    const [s0, s1, s2, s3] = [
      this.#startOf(first),
      this.#startOf(at1),
      this.#startOf(at2),
      this.#startOf(at3),
    ];
    const k0 = this.#keptOf(first, s0);
    const k1 = this.#keptOf(at1, s1);
    const k2 = this.#keptOf(at2, s2);
    const k3 = this.#keptOf(at3, s3);
    if (k0 === undefined || k1 === undefined || k2 === undefined || k3 === undefined) {
      for (let at = first; at <= at3; at += step)
        smooth[at] = this.#fitOr(values[at]!, values, at, this.#startOf(at), undefined);
      return;
    }
    let [f0, f1, f2, f3] = [0, 0, 0, 0];
    for (let k = 0; k < k0.length; k++) {
      f0 += k0[k]! * values[s0 + k]!;
      f1 += k1[k]! * values[s1 + k]!;
      f2 += k2[k]! * values[s2 + k]!;
      f3 += k3[k]! * values[s3 + k]!;
    }
    smooth[first] = f0;
    smooth[at1] = f1;
    smooth[at2] = f2;
    smooth[at3] = f3;
  }

  /** The fit from remembered contributions. */
  #fitKept(values: number[], at: number, start: number): number {
    const kept = this.#keptOf(at, start);
    if (kept === undefined) return Number.NaN;
    let fitted = 0;
    for (let k = 0; k < kept.length; k++) fitted += kept[k]! * values[start + k]!;
    return fitted;
  }

  /**
   * Weights of a window that add up to 1, and the slope by which they lean; false where all are 0.
   *
   * The sums run in the order of the authors' own program, positions counted from 1: where robustness leaves next to
   * no weight, the fit hangs on the last digits, and later rounds make them large.
   */
  #weigh(at: number, start: number, robustness: number[] | undefined): boolean {
    const kernel = this.kernelOf(at - start);
    const weights = this.#weights;
    let sum = 0;
    if (robustness === undefined) {
      for (let k = 0; k < kernel.length; k++) {
        weights[k] = kernel[k]!;
        sum += kernel[k]!;
      }
    } else {
      for (let k = 0; k < kernel.length; k++) {
        const weight = robustness[start + k]! * kernel[k]!;
        weights[k] = weight;
        sum += weight;
      }
    }
    if (!(sum > 0)) return false;
    let mean = 0;
    let position = start + 1;
    for (let k = 0; k < weights.length; k++) {
      const weight = weights[k]! / sum;
      weights[k] = weight;
      mean += weight * position;
      position += 1;
    }
    this.#mean = mean;
    this.#slope = 0;
    if (this.#options.degree === 0) return true;
    let spread = 0;
    position = start + 1;
    for (let k = 0; k < weights.length; k++) {
      const distance = position - mean;
      spread += weights[k]! * (distance * distance);
      position += 1;
    }
    // Points that lie practically on one spot carry no slope.
    if (Math.sqrt(spread) > edgeShare * (this.#length - 1)) this.#slope = (at + 1 - mean) / spread;
    return true;
  }

  #fitOr(
    fallback: number,
    values: number[],
    at: number,
    start: number,
    robustness: number[] | undefined,
  ): number {
    const fitted = this.fit(values, at, start, robustness);
    return Number.isNaN(fitted) ? fallback : fitted;
  }

  /** Tricube weights of a window, of which the first point lies `ahead` before the fitted position. */
  kernelOf(ahead: number): number[] {
    const known = this.#kernels.get(ahead);
    if (known !== undefined) return known;
    const count = this.#count;
    const kernel = zeros(count);
    const beyond = Math.max(0, (this.#options.window - this.#length) >> 1);
    const width = Math.max(ahead, count - 1 - ahead) + beyond;
    const outer = (1 - edgeShare) * width;
    const inner = edgeShare * width;
    for (let k = 0; k < count; k++) {
      const distance = Math.abs(k - ahead);
      const share = distance / width;
      const rest = 1 - share * share * share;
      kernel[k] = distance > outer ? 0 : distance <= inner ? 1 : rest * rest * rest;
    }
    if (this.#kernels.size < maxKernels) this.#kernels.set(ahead, kernel);
    return kernel;
  }

  /** Weighted least squares of a parabola by its normal equations, distances scaled to the window. */
  #fitParabola(
    values: number[],
    at: number,
    start: number,
    robustness: number[] | undefined,
  ): number | undefined {
    const kernel = this.kernelOf(at - start);
    const count = this.#count;
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
}

function interpolate(values: number[], from: number, to: number): void {
  const first = values[from]!;
  const slope = (values[to]! - first) / (to - from);
  for (let at = from + 1; at < to; at++) values[at] = first + slope * (at - from);
}
