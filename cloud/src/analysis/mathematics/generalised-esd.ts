// Generalised extreme studentised deviates with median and MAD: how many of the most extreme values are outliers.
// Rosner (1983), Technometrics 25(2), with the robust scale of Hochenbaum, Vallis & Kejariwal (2017),
// arXiv:1704.07706, section 3.
import { gaussianMad } from './median.ts';
import { medianDistance } from './median-distance.ts';
import { quantileOfStudentT } from './student-t.ts';

export interface EsdOptions {
  /** At most so many outliers are looked for; below half of the values. */
  readonly most: number;
  /** Chance of finding any outlier among independent Gaussian values. */
  readonly alpha: number;
  readonly direction: 'both' | 'pos' | 'neg';
  /** No MAD counts as smaller than this, in the unit of the values. 0 as published. */
  readonly smallestMad?: number;
}

/**
 * The positions of the outliers, most extreme first; of equal values the first position comes first.
 *
 * Values are sorted once. What is left after each removal is a stretch of the sorted values, whose median is
 * known at once and whose MAD is the k-th smallest in two sorted runs: O(n log n) instead of O(most · n).
 *
 * @throws RangeError if a value is not finite or `most` reaches the number of values less one
 */
export function findOutliers(values: Float64Array, options: EsdOptions): Uint32Array {
  const { most, alpha, direction, smallestMad = 0 } = options;
  const n = values.length;
  if (most > 0 && most >= n - 1) throw new RangeError(`${most} outliers cannot be looked for in ${n} values`);
  for (const value of values) if (!Number.isFinite(value)) throw new RangeError(`no finite value: ${value}`);
  const stretch = new Stretch(values, most);
  const candidates = new Uint32Array(most);
  const deviates = new Float64Array(most);
  for (let i = 1; i <= most; i++) {
    const middle = stretch.median();
    const scale = Math.max(stretch.medianDistance(middle) * gaussianMad, smallestMad);
    if (scale === 0) break;
    const above = (stretch.highest() - middle) / scale;
    const below = (middle - stretch.lowest()) / scale;
    const isHigh =
      direction === 'pos' ||
      (direction === 'both' && (above > below || (above === below && stretch.isHighFirst())));
    candidates[i - 1] = isHigh ? stretch.takeHighest() : stretch.takeLowest();
    deviates[i - 1] = isHigh ? above : below;
  }
  return candidates.slice(0, countOutliers(deviates, n, alpha, direction === 'both' ? 2 : 1));
}

/** The last removal that is beyond its λ, and with it all before. */
function countOutliers(deviates: Float64Array, n: number, alpha: number, sides: 1 | 2): number {
  // λ falls as values leave, so the last one is the least, and few deviates need one of their own.
  const least = criticalDeviate(n - deviates.length, alpha, sides);
  for (let i = deviates.length; i >= 1; i--) {
    const deviate = deviates[i - 1]!;
    if (deviate > least && deviate > criticalDeviate(n - i, alpha, sides)) return i;
  }
  return 0;
}

/** Rosner's λ for the removal after which `rest` values remain. */
function criticalDeviate(rest: number, alpha: number, sides: 1 | 2): number {
  const t = quantileOfStudentT(1 - alpha / (sides * (rest + 1)), rest - 1);
  return (t * rest) / Math.sqrt((rest - 1 + t * t) * (rest + 1));
}

/** Sorted values that only ever lose one of their ends. */
class Stretch {
  readonly #values: Float64Array;
  readonly #positions: Uint32Array;
  #from = 0;
  #to: number;
  /** Equal values at the high end leave in the order of their positions: this many have left. */
  #equalsTaken = 0;
  #equalsFrom = -1;

  /** @param most so many values will be taken, from either end */
  constructor(values: Float64Array, most: number) {
    const n = values.length;
    this.#values = Float64Array.from(values).sort();
    this.#to = n;
    // Only of values that may be taken, or equal one that may, is it asked where they stood.
    this.#positions = new Uint32Array(n);
    if (most < 1) return;
    const lowest = this.#values[most - 1]!;
    const highest = this.#values[n - most]!;
    const low: number[] = [];
    const high: number[] = [];
    for (let i = 0; i < n; i++) {
      if (values[i]! <= lowest) low.push(i);
      if (values[i]! >= highest) high.push(i);
    }
    const byValue = (a: number, b: number) => values[a]! - values[b]! || a - b;
    this.#positions.set(low.sort(byValue), 0);
    this.#positions.set(high.sort(byValue), n - high.length);
  }

  lowest(): number {
    return this.#values[this.#from]!;
  }

  highest(): number {
    return this.#values[this.#to - 1]!;
  }

  median(): number {
    const count = this.#to - this.#from;
    const upper = this.#values[this.#from + (count >> 1)]!;
    return count % 2 === 1 ? upper : (this.#values[this.#from + (count >> 1) - 1]! + upper) / 2;
  }

  isHighFirst(): boolean {
    return this.#highPosition() < this.#positions[this.#from]!;
  }

  takeLowest(): number {
    return this.#positions[this.#from++]!;
  }

  takeHighest(): number {
    const position = this.#highPosition();
    this.#equalsTaken++;
    if (--this.#to === this.#equalsFrom) this.#equalsFrom = -1;
    return position;
  }

  #highPosition(): number {
    if (this.#equalsFrom < 0) {
      const highest = this.highest();
      this.#equalsFrom = this.#to - 1;
      while (this.#equalsFrom > this.#from && this.#values[this.#equalsFrom - 1] === highest)
        this.#equalsFrom--;
      this.#equalsTaken = 0;
    }
    return this.#positions[this.#equalsFrom + this.#equalsTaken]!;
  }

  medianDistance(middle: number): number {
    return medianDistance(this.#values, this.#from, this.#to, middle);
  }
}
