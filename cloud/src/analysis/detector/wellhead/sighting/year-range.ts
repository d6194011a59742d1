// What a property has ever read: the lowest and highest value of each day of the last year.
import { dayMs } from '@wellhead/protocol';
import { range } from '../usual/parameters.ts';

export class YearRange {
  readonly #lows = new Float64Array(range.days);
  readonly #highs = new Float64Array(range.days);
  #count = 0;
  #next = 0;
  #day = Number.NEGATIVE_INFINITY;
  #low = Number.POSITIVE_INFINITY;
  #high = Number.NEGATIVE_INFINITY;
  #lowest = Number.NaN;
  #highest = Number.NaN;

  /** Takes a good value at its time in ms. */
  push(time: number, value: number): void {
    const day = Math.floor(time / dayMs);
    if (day !== this.#day) {
      if (this.#high >= this.#low) this.#endDay();
      this.#day = day;
      this.#low = value;
      this.#high = value;
    }
    this.#low = Math.min(this.#low, value);
    this.#high = Math.max(this.#high, value);
  }

  /** Whole days seen, up to a year. */
  get days(): number {
    return this.#count;
  }

  /** How far the value lies outside all of them, in widths of the range; 0 inside, and before the first day is over. */
  beyond(value: number, smallestWidth: number): number {
    if (this.#count === 0) return 0;
    const width = Math.max(this.#highest - this.#lowest, smallestWidth);
    return Math.max(0, this.#lowest - value, value - this.#highest) / width;
  }

  #endDay(): void {
    this.#lows[this.#next] = this.#low;
    this.#highs[this.#next] = this.#high;
    this.#next = (this.#next + 1) % range.days;
    if (this.#count < range.days) this.#count++;
    this.#lowest = Number.POSITIVE_INFINITY;
    this.#highest = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < this.#count; i++) {
      this.#lowest = Math.min(this.#lowest, this.#lows[i]!);
      this.#highest = Math.max(this.#highest, this.#highs[i]!);
    }
  }
}
