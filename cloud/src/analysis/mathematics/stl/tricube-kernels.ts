// How much each value of a window counts in a fit, the nearer the more; remembered, for most windows look the same.
import { zeros } from './doubles.ts';

/** All windows but those at the ends of a series look the same, so few kernels serve. */
const maxKernels = 64;

/** Under this share of the half-width a distance counts as none, over one minus it as outside. */
export const edgeShare = 0.001;

export class TricubeKernels {
  readonly #length: number;
  readonly #window: number;
  /** Values in each window. */
  readonly #count: number;
  readonly #kernels = new Map<number, number[]>();

  /** For a series of this length, and a window that may be longer than it. */
  constructor(length: number, window: number) {
    this.#length = length;
    this.#window = window;
    this.#count = Math.min(length, window);
  }

  /** Tricube weights of a window, of which the first point lies `ahead` before the fitted position. */
  of(ahead: number): number[] {
    const known = this.#kernels.get(ahead);
    if (known !== undefined) return known;
    const count = this.#count;
    const kernel = zeros(count);
    const beyond = Math.max(0, (this.#window - this.#length) >> 1);
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
}
