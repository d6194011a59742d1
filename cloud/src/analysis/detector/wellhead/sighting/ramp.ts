// Slow changes: the level of the last hours against that of a day before.
import { RollingMedian } from '../../../mathematics/rolling-median.ts';
import { ramp } from '../usual/parameters.ts';
import { TailThreshold } from '../usual/tail-threshold.ts';

export class Ramp {
  readonly #size: number;
  #window: RollingMedian;
  readonly #medians: Float64Array;
  readonly #tail: TailThreshold;
  #count = 0;
  /** Level of a day before, in the unit of the values. */
  before = Number.NaN;

  constructor(interval: number, perYear: number) {
    const window = Math.round(Math.min(Math.max(ramp.windowMs / interval, ramp.fewest), ramp.most));
    this.#size = window;
    this.#window = new RollingMedian(window);
    this.#medians = new Float64Array(
      Math.round(Math.max(window, Math.min(ramp.lagMs / interval, 4 * ramp.most))),
    );
    this.#tail = new TailThreshold(perYear);
  }

  /** After a hole, the level of a day before is not the one held. */
  forget(): void {
    this.#window = new RollingMedian(this.#size);
    this.#count = 0;
  }

  /** Takes a good value. @returns the change of level in multiples of its threshold; 0 while too little is known */
  push(time: number, value: number, scatter: number): number {
    this.#window.push(value);
    const median = this.#window.median();
    const at = this.#count++ % this.#medians.length;
    this.before = this.#count > this.#medians.length ? this.#medians[at]! : Number.NaN;
    this.#medians[at] = median;
    if (Number.isNaN(this.before)) return 0;
    return this.#tail.judge(time, Math.abs(median - this.before) / scatter);
  }
}
