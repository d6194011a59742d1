// The seasonal half of STL: what each phase of the cycle usually is, smoothed from one cycle to the next.
import { zeros } from './doubles.ts';
import { Loess, type LoessOptions } from './loess.ts';

/**
 * Smooths each cycle-subseries (all values of one phase) and carries it one cycle beyond both ends, the
 * second step of the inner loop of STL: `n` values in, `n + 2·period` out.
 */
export class SubseriesSmoother {
  readonly #period: number;
  readonly #length: number;
  readonly #window: number;
  readonly #loess = new Map<number, Loess>();
  readonly #values: number[];
  readonly #weights: number[];
  readonly #smooth: number[];
  readonly #isFlat: boolean;

  constructor(length: number, period: number, options: LoessOptions) {
    const longest = Math.ceil(length / period);
    this.#period = period;
    this.#length = length;
    this.#window = options.window;
    this.#values = zeros(longest);
    this.#weights = zeros(longest);
    this.#smooth = zeros(longest);
    // As for a periodic cycle: each fit is a mean of all values of the phase, and only the ends are fitted.
    this.#isFlat = options.degree === 0 && options.window >= longest && options.jump >= longest - 1;
    // Phases differ by at most one in how often they occur.
    for (const size of [longest, Math.floor(length / period)]) {
      if (!this.#loess.has(size)) this.#loess.set(size, new Loess(size, options));
    }
  }

  smooth(values: number[], extended: number[], robustness?: number[]): void {
    const period = this.#period;
    if (this.#isFlat && robustness !== undefined) {
      const phases = this.#length % period;
      const most = Math.ceil(this.#length / period);
      if (phases > 0) this.#smoothFlat(values, extended, robustness, { from: 0, to: phases, size: most });
      const size = Math.floor(this.#length / period);
      if (size > 1) {
        this.#smoothFlat(values, extended, robustness, { from: phases, to: period, size });
        return;
      }
    }
    const [subseries, smooth] = [this.#values, this.#smooth];
    const weights = robustness === undefined ? undefined : this.#weights;
    for (let phase = 0; phase < period; phase++) {
      const size = Math.floor((this.#length - 1 - phase) / period) + 1;
      for (let i = 0, at = phase; i < size; i++, at += period) {
        subseries[i] = values[at]!;
        if (weights !== undefined) weights[i] = robustness![at]!;
      }
      const loess = this.#loess.get(size)!;
      loess.smooth(subseries, smooth, weights);
      const before = loess.fit(subseries, -1, 0, weights);
      const after = loess.fit(subseries, size, Math.max(0, size - this.#window), weights);
      extended[phase] = Number.isNaN(before) ? smooth[0]! : before;
      for (let i = 0; i < size; i++) extended[phase + (i + 1) * period] = smooth[i]!;
      extended[phase + (size + 1) * period] = Number.isNaN(after) ? smooth[size - 1]! : after;
    }
  }

  /** Means instead of lines, the four of a phase side by side: each sum waits for its last addition. */
  #smoothFlat(values: number[], extended: number[], robustness: number[], { from, to, size }: Phases): void {
    const period = this.#period;
    const loess = this.#loess.get(size)!;
    const before = loess.kernelOf(-1);
    const first = loess.kernelOf(0);
    const last = loess.kernelOf(size - 1);
    const after = loess.kernelOf(size);
    const end = size * period;
    for (let phase = from; phase < to; phase++) {
      let [sumBefore, sumFirst, sumLast, sumAfter] = [0, 0, 0, 0];
      let [atBefore, atFirst, atLast, atAfter] = [0, 0, 0, 0];
      for (let k = 0, at = phase; k < size; k++, at += period) {
        const weight = robustness[at]!;
        const value = values[at]!;
        const weightBefore = weight * before[k]!;
        const weightFirst = weight * first[k]!;
        const weightLast = weight * last[k]!;
        const weightAfter = weight * after[k]!;
        sumBefore += weightBefore;
        sumFirst += weightFirst;
        sumLast += weightLast;
        sumAfter += weightAfter;
        atBefore += weightBefore * value;
        atFirst += weightFirst * value;
        atLast += weightLast * value;
        atAfter += weightAfter * value;
      }
      // Without any weight a value stays as it is, and beyond the ends the smoothed end is repeated.
      const begin = sumFirst > 0 ? atFirst / sumFirst : values[phase]!;
      const finish = sumLast > 0 ? atLast / sumLast : values[phase + end - period]!;
      extended[phase] = sumBefore > 0 ? atBefore / sumBefore : begin;
      extended[phase + end + period] = sumAfter > 0 ? atAfter / sumAfter : finish;
      const slope = (finish - begin) / (size - 1);
      for (let i = 0, place = phase + period; i < size; i++, place += period)
        extended[place] = begin + slope * i;
      extended[phase + end] = finish;
    }
  }
}

interface Phases {
  readonly from: number;
  readonly to: number;
  readonly size: number;
}
