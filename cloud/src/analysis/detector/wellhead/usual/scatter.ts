// How much a value usually differs from the one before, now.
import { scatter } from './parameters.ts';
import { Resolution } from './resolution.ts';

/** Keeps the usual step of a series, floored by what its instrument can show. Units are those of the values. */
export class Scatter {
  readonly #weight: number;
  readonly #given: number | undefined;
  readonly #learnt = new Resolution();
  #mean = 0;
  #weightSum = 0;
  #changed = 0;
  /** Most decimals seen: what stands for the resolution before a value ever changed. */
  #decimals = 0;
  #last = Number.NaN;

  /**
   * @param memory values after which a change counts for a third of what it did
   * @param resolution smallest step of the instrument; left out, the smallest step seen
   */
  constructor(memory: number, resolution?: number) {
    this.#weight = 1 / memory;
    this.#given = resolution;
  }

  /** The scatter to measure departures by: never 0. */
  get size(): number {
    const usual = this.#weightSum === 0 ? 0 : this.#mean / this.#weightSum;
    const learnt = this.#learnt.size;
    const resolution = this.#given ?? (Number.isFinite(learnt) ? learnt : 10 ** -this.#decimals);
    return Math.max(usual, scatter.floorSteps * resolution);
  }

  /** How likely so many values in a row are to be equal, by how often one differs from the one before. */
  chanceOfRun(length: number): number {
    return this.#weightSum === 0 ? 1 : (1 - this.#changed / this.#weightSum) ** (length - 1);
  }

  /** Takes the next good value. */
  push(value: number): void {
    const step = Math.abs(value - this.#last);
    this.#last = value;
    if (this.#given === undefined && this.#learnt.size === Number.POSITIVE_INFINITY)
      this.#decimals = Math.max(this.#decimals, decimalsOf(value));
    if (Number.isNaN(step)) return;
    if (this.#given === undefined) this.#learnt.push(step);
    const bound =
      this.#weightSum < scatter.settledWeight ? step : Math.min(step, scatter.largestStep * this.size);
    this.#mean += this.#weight * (bound - this.#mean);
    this.#changed += this.#weight * ((step > 0 ? 1 : 0) - this.#changed);
    this.#weightSum += this.#weight * (1 - this.#weightSum);
  }

  /** After a hole the next step says nothing. */
  forgetLast(): void {
    this.#last = Number.NaN;
  }
}

const maxDecimals = 6;

function decimalsOf(value: number): number {
  const text = String(value);
  const point = text.indexOf('.');
  return point < 0 || text.includes('e') ? 0 : Math.min(text.length - point - 1, maxDecimals);
}
