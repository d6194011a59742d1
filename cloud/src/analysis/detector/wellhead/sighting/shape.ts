// Has a stretch of this form been seen before? The left matrix profile: the distance of the newest stretch from
// the most similar one of the past (Yeh et al. 2016, Matrix Profile I, ICDM), kept up to date hour by hour.
import type { Hourly } from '../usual/hourly.ts';
import { shape } from '../usual/parameters.ts';
import { TailThreshold } from '../usual/tail-threshold.ts';

const m = shape.stretch;

export class Shape {
  readonly #tail: TailThreshold;
  /** Products of the newest stretch with each of the past, by how many hours that lies back. */
  readonly #products: Float64Array;
  #known = 0;
  #hour = Number.NEGATIVE_INFINITY;

  constructor(hours: number, perYear: number) {
    this.#tail = new TailThreshold(perYear);
    this.#products = new Float64Array(hours);
  }

  /**
   * Judges the stretch that ends with the newest hour, in O(hours held).
   * @param floor a stretch that scatters less than this is taken as flat: without it, noise would be a form
   * @returns its distance in multiples of the threshold; 0 before there are four weeks
   */
  judge(time: number, hours: Hourly, floor: number): number {
    if (hours.count < shape.fewestHours) return 0;
    const farthest = hours.count - m - 1;
    this.#updateProducts(hours, farthest);
    if (hours.hour % shape.everyHours !== 0) return 0;
    return this.#tail.judge(time, Math.sqrt(Math.max(0, this.#nearest(hours, farthest, floor)) * m));
  }

  /** Squared distance of the centred, scaled stretches, for each hour of one. */
  #nearest({ values, newest }: Hourly, farthest: number, floor: number): number {
    const products = this.#products;
    const own = momentsOf(values, newest);
    const scale = Math.max(own.scatter, floor);
    const ownPart = (own.scatter / scale) ** 2;
    const first = momentsOf(values, newest - m);
    let sum = first.sum;
    let squares = first.squares;
    let nearest = Number.POSITIVE_INFINITY;
    for (let back = m; back <= farthest; back++) {
      const mean = sum / m;
      const variance = Math.max(0, squares / m - mean * mean);
      const otherScale = Math.max(Math.sqrt(variance), floor);
      const covariance = products[back]! / m - own.mean * mean;
      const distance =
        ownPart + variance / (otherScale * otherScale) - (2 * covariance) / (scale * otherScale);
      if (distance < nearest) nearest = distance;
      const gone = values[newest - back]!;
      const come = values[newest - back - m]!;
      sum += come - gone;
      squares += come * come - gone * gone;
    }
    return nearest;
  }

  #updateProducts({ values, newest, hour }: Hourly, farthest: number): void {
    const products = this.#products;
    // All afresh once a day and after a hole: the errors of running sums do not add up.
    const isNext = hour === this.#hour + 1 && hour % 24 !== 0;
    const kept = isNext ? Math.min(this.#known, farthest) : m - 1;
    const come = values[newest]!;
    const gone = values[newest - m]!;
    for (let back = m; back <= kept; back++) {
      products[back] = products[back]! + come * values[newest - back]! - gone * values[newest - back - m]!;
    }
    for (let back = kept + 1; back <= farthest; back++) {
      let product = 0;
      for (let i = 0; i < m; i++) product += values[newest - i]! * values[newest - back - i]!;
      products[back] = product;
    }
    this.#known = farthest;
    this.#hour = hour;
  }
}

function momentsOf(values: Float64Array, end: number) {
  let sum = 0;
  let squares = 0;
  for (let i = end - m + 1; i <= end; i++) {
    sum += values[i]!;
    squares += values[i]! * values[i]!;
  }
  const mean = sum / m;
  return { sum, squares, mean, scatter: Math.sqrt(Math.max(0, squares / m - mean * mean)) };
}
