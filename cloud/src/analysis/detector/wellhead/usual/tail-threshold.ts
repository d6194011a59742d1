// From the largest scores of many days: how large a score must be to be passed only so often by chance.
import { dayMs } from '@wellhead/protocol';
import { tail } from './parameters.ts';

/**
 * The height that daily largest scores pass at a chosen rate. Extreme value theory gives heavy-tailed daily
 * maxima a Fréchet distribution, that is: their logarithm a Gumbel one (Fisher & Tippett 1928; Gnedenko 1943).
 * It is fitted by two quantiles of the last year, so a tenth of the days may be anything.
 */
export class TailThreshold {
  readonly #days = new Float64Array(tail.days);
  readonly #position: number;
  #count = 0;
  #next = 0;
  #day = Number.NEGATIVE_INFINITY;
  #largest = 0;
  #height = Number.POSITIVE_INFINITY;
  #isStale = true;

  /** @param perYear how often a year the height may be passed; above 0 */
  constructor(perYear: number) {
    const chance = Math.min(perYear / 365, 0.5);
    this.#position = (gumbel(1 - chance) - gumbel(tail.middle)) / (gumbel(tail.upper) - gumbel(tail.middle));
  }

  /** Takes a score, 0 or above, at its time in ms. Counts at the end of its day. */
  add(time: number, score: number): void {
    const day = Math.floor(time / dayMs);
    if (day !== this.#day) {
      if (this.#day !== Number.NEGATIVE_INFINITY) this.#endDay();
      this.#day = day;
      this.#largest = 0;
    }
    if (score > this.#largest) this.#largest = score;
  }

  /** Judges a score and takes it, much too large ones as no more than that. @returns it in multiples of the height */
  judge(time: number, score: number): number {
    const height = this.height();
    this.add(time, Math.min(score, tail.largestScore * height));
    return score / height;
  }

  /** Whole days seen, up to a year. */
  get days(): number {
    return this.#count;
  }

  /** Infinite before there are days enough. */
  height(): number {
    if (this.#isStale) {
      this.#height = this.#compute();
      this.#isStale = false;
    }
    return this.#height;
  }

  #endDay(): void {
    this.#days[this.#next] = this.#largest;
    this.#next = (this.#next + 1) % tail.days;
    if (this.#count < tail.days) this.#count++;
    this.#isStale = true;
  }

  #compute(): number {
    const count = this.#count;
    if (count < tail.fewestDays) return Number.POSITIVE_INFINITY;
    const sorted = this.#days.slice(0, count).sort();
    const at = (share: number) => sorted[Math.floor(share * (count - 1) + 0.5)]!;
    const middle = Math.max(at(tail.middle), tail.smallestScore);
    const upper = Math.max(at(tail.upper), middle * tail.leastSpread);
    const extrapolated = middle * (upper / middle) ** this.#position;
    // Few days say little of the tail: the less is known, the more is asked.
    const caution = 1 + tail.caution / count;
    const ever = Math.max(sorted[count - 1]!, middle) * tail.beyondLargest;
    return caution * Math.min(extrapolated, ever);
  }
}

/** The quantile of the standard Gumbel distribution. */
function gumbel(probability: number): number {
  return -Math.log(-Math.log(probability));
}
