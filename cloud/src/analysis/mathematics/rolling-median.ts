// Median and MAD of the last so many values, kept up to date value by value.
import { medianDistance } from './median-distance.ts';

/**
 * A window that slides over a stream. Values are kept sorted: a value is found by bisection, its place made by
 * one block move; the median is read off, and the MAD is a bisection, so all comparisons are O(log w).
 */
export class RollingMedian {
  readonly #ring: Float64Array;
  readonly #sorted: Float64Array;
  #next = 0;
  #count = 0;

  /** @throws RangeError unless the window is a whole number from 1 on */
  constructor(window: number) {
    if (!Number.isInteger(window) || window < 1)
      throw new RangeError(`a window holds at least one value: ${window}`);
    this.#ring = new Float64Array(window).fill(Number.NaN);
    this.#sorted = new Float64Array(window);
  }

  /** How many measured values are in the window. */
  get count(): number {
    return this.#count;
  }

  /** Takes the next value in and the oldest out. NaN stands for a missing value: it takes a place, but does not count. */
  push(value: number): void {
    const window = this.#ring.length;
    const oldest = this.#ring[this.#next]!;
    this.#ring[this.#next] = value;
    this.#next = this.#next + 1 === window ? 0 : this.#next + 1;
    if (!Number.isNaN(oldest)) {
      const at = this.#firstNotBelow(oldest);
      this.#sorted.copyWithin(at, at + 1, this.#count);
      this.#count--;
    }
    if (!Number.isNaN(value)) {
      const at = this.#firstNotBelow(value);
      this.#sorted.copyWithin(at + 1, at, this.#count);
      this.#sorted[at] = value;
      this.#count++;
    }
  }

  /** NaN while nothing is in the window. */
  median(): number {
    const upper = this.#count >> 1;
    if (this.#count === 0) return Number.NaN;
    return this.#count % 2 === 1
      ? this.#sorted[upper]!
      : (this.#sorted[upper - 1]! + this.#sorted[upper]!) / 2;
  }

  /** Median absolute deviation from the median, not scaled, in the unit of the values; NaN while nothing is in the window. */
  medianAbsoluteDeviation(): number {
    return this.#count === 0 ? Number.NaN : medianDistance(this.#sorted, 0, this.#count, this.median());
  }

  #firstNotBelow(value: number): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const at = (low + high) >> 1;
      if (this.#sorted[at]! < value) low = at + 1;
      else high = at;
    }
    return low;
  }
}
