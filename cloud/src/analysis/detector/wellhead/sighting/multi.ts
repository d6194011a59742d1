// Several properties that move together, or one that no longer moves with the others: principal components.

import { dayMs } from '@wellhead/protocol';
import { principalAxes } from '../../../mathematics/principal-axes.ts';
import { multi } from '../usual/parameters.ts';
import { TailThreshold } from '../usual/tail-threshold.ts';

/**
 * Departures of all properties at one reading, each in multiples of its own scatter, against what they usually
 * do together: the residual outside the main axes (Q, Jackson & Mudholkar 1979, Technometrics 21).
 */
export class Multi {
  readonly #count: number;
  readonly #covariance: Float64Array;
  readonly #tail: TailThreshold;
  readonly #weight: number;
  #axes: readonly Float64Array[] = [];
  #day = Number.NEGATIVE_INFINITY;
  #seen = 0;

  constructor(count: number, interval: number, perYear: number) {
    this.#count = count;
    this.#covariance = new Float64Array(count * count);
    this.#tail = new TailThreshold(perYear);
    this.#weight = interval / multi.memoryMs;
  }

  /**
   * Judges the departures, of which unknown ones are 0.
   * @returns the residual in multiples of its threshold; 0 in the first days
   */
  judge(time: number, departures: Float64Array): number {
    const n = this.#count;
    const day = Math.floor(time / dayMs);
    if (day !== this.#day) {
      this.#day = day;
      this.#axes = this.#seen < multi.fewest ? [] : principalAxes(this.#covariance, n, multi.share);
    }
    const x = departures.map((value) => Math.max(-multi.largest, Math.min(multi.largest, value)));
    let left = 0;
    for (let i = 0; i < n; i++) left += x[i]! * x[i]!;
    for (const axis of this.#axes) {
      let along = 0;
      for (let i = 0; i < n; i++) along += axis[i]! * x[i]!;
      left -= along * along;
    }
    this.#learn(x);
    if (this.#axes.length === 0) return 0;
    return this.#tail.judge(time, Math.sqrt(Math.max(0, left)));
  }

  #learn(x: Float64Array): void {
    const n = this.#count;
    const weight = Math.max(this.#weight, 1 / ++this.#seen);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const at = i * n + j;
        this.#covariance[at] = this.#covariance[at]! + weight * (x[i]! * x[j]! - this.#covariance[at]!);
      }
    }
  }
}
