// Up and back, or down and back, within a few readings: what an instrument does, and water hardly.
import { middleOf } from '../usual/middle-of.ts';
import { spike } from '../usual/parameters.ts';
import { TwoSided } from '../usual/two-sided.ts';
import { beginSighting, type Sighting } from './sighting.ts';

const held = spike.longest + 4;

export class SpikeWatch {
  readonly #tails: TwoSided;
  readonly #values: number[] = [];
  readonly #times: number[] = [];

  constructor(perYear: number) {
    this.#tails = new TwoSided(perYear);
  }

  forget(): void {
    this.#values.length = 0;
    this.#times.length = 0;
  }

  /** Takes the next value. @returns the spike it ends, if it ends one */
  push(time: number, value: number, scatter: number, caution: number): Sighting | undefined {
    this.#values.push(value);
    this.#times.push(time);
    if (this.#values.length > held) {
      this.#values.shift();
      this.#times.shift();
    }
    let found: Sighting | undefined;
    for (const side of [1, -1] as const) {
      const { size, length } = this.#largest(side);
      const score = size / scatter;
      const height = this.#tails.height(side) * caution;
      this.#tails.add(time, side, score);
      if (score > spike.sharp * height) found = this.#sighting(time, length, score / height);
    }
    return found;
  }

  /** The largest excursion to a side that ends just before the newest value. */
  #largest(side: 1 | -1): { size: number; length: number } {
    const values = this.#values;
    const after = values.length - 1;
    let size = 0;
    let length = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let k = 1; k <= spike.longest && after - k - 3 >= 0; k++) {
      least = Math.min(least, side * values[after - k]!);
      const before = middleOf(values[after - k - 3]!, values[after - k - 2]!, values[after - k - 1]!);
      const excursion = least - Math.max(side * before, side * values[after]!);
      const missed = Math.abs(before - values[after]!);
      // Of two as large the longer one: its values differ little.
      if (excursion > 0 && excursion >= size && missed < spike.largestMiss * excursion) {
        size = excursion;
        length = k;
      }
    }
    return { size, length };
  }

  #sighting(time: number, length: number, score: number): Sighting {
    const from = this.#values.length - 1 - length;
    const begun = beginSighting(this.#times[from]!, {
      looker: 'spike',
      cause: 'spike',
      isFault: true,
      score,
      value: this.#values[from]!,
      expected: this.#values[from - 1]!,
    });
    return { ...begun, isOpen: false, end: this.#times[from + length - 1]!, decidedAt: time, count: length };
  }
}
