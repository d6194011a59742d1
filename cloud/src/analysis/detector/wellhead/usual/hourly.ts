// A series of any step as one value an hour, for detectors that compare days.
import { hourMs } from '@wellhead/protocol';

/** Keeps the last so many hours; an hour without a value repeats the one before. */
export class Hourly {
  readonly #length: number;
  /** Every value twice, a length apart, so that any held stretch lies in one piece. */
  readonly values: Float64Array;
  /** Where in `values` the newest hour is; the one before is just before it, and so on. */
  newest = 0;
  #hour = Number.NEGATIVE_INFINITY;
  #count = 0;

  constructor(hours: number) {
    this.#length = hours;
    this.values = new Float64Array(2 * hours);
  }

  /** How many hours are held. */
  get count(): number {
    return this.#count;
  }

  /** Whole hours since 1970 of the newest value. */
  get hour(): number {
    return this.#hour;
  }

  /** The value `back` hours before the newest, 0 for the newest. */
  at(back: number): number {
    return this.values[this.newest - back]!;
  }

  /** Takes a good value: the first of an hour stands for it. @returns whether an hour began */
  push(time: number, value: number): boolean {
    const hour = Math.floor(time / hourMs);
    const began = hour - this.#hour;
    if (began <= 0) return false;
    this.#hour = hour;
    // After a hole as long as all that is held, nothing of it compares.
    if (began > this.#length) this.#count = 0;
    const last = this.at(0);
    for (let i = Math.min(began, this.#count === 0 ? 1 : began); i > 1; i--) this.#append(last);
    this.#append(value);
    return true;
  }

  /** The last so many hours, oldest first, as a view that the next push changes. */
  last(hours: number): Float64Array {
    return this.values.subarray(this.newest - hours + 1, this.newest + 1);
  }

  #append(value: number): void {
    const length = this.#length;
    const at = (this.newest + 1) % length;
    this.values[at] = value;
    this.values[at + length] = value;
    this.newest = at + length;
    if (this.#count < length) this.#count++;
  }
}
