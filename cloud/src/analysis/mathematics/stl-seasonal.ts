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

  constructor(length: number, period: number, options: LoessOptions) {
    const longest = Math.ceil(length / period);
    this.#period = period;
    this.#length = length;
    this.#window = options.window;
    this.#values = zeros(longest);
    this.#weights = zeros(longest);
    this.#smooth = zeros(longest);
    // Phases differ by at most one in how often they occur.
    for (const size of [longest, Math.floor(length / period)]) {
      if (!this.#loess.has(size)) this.#loess.set(size, new Loess(size, options));
    }
  }

  smooth(values: number[], extended: number[], robustness?: number[]): void {
    const period = this.#period;
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
}
