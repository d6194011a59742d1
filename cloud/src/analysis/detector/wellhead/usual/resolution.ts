// The smallest step an instrument shows, learnt from its values.
import { scatter } from './parameters.ts';

const lowestPower = -64;

/** Counts steps by powers of two; a few odd steps (rounding, a value worked out elsewhere) do not count. */
export class Resolution {
  readonly #counts = new Float64Array(128);
  readonly #smallest = new Float64Array(128).fill(Number.POSITIVE_INFINITY);
  #total = 0;
  #size = Number.POSITIVE_INFINITY;

  /** In the unit of the values; infinite before a value changed. */
  get size(): number {
    return this.#size;
  }

  /** Takes a step between two values in a row. */
  push(step: number): void {
    if (!(step > 0 && Number.isFinite(step))) return;
    const power = Math.floor(Math.log2(step * 1.001)) - lowestPower;
    const at = Math.min(Math.max(power, 0), this.#counts.length - 1);
    this.#counts[at]!++;
    this.#total++;
    if (step < this.#smallest[at]!) this.#smallest[at] = step;
    let below = 0;
    for (let i = 0; i < this.#counts.length; i++) {
      below += this.#counts[i]!;
      if (below > scatter.oddSteps * this.#total) {
        this.#size = this.#smallest[i]!;
        return;
      }
    }
  }
}
