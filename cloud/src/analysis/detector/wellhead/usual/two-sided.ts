// What is unusual upwards may be usual downwards: each side has a threshold of its own.
import { tail, twoSided } from './parameters.ts';
import { TailThreshold } from './tail-threshold.ts';

export type Side = 1 | -1;

/**
 * Thresholds for departures upwards and downwards by themselves: floods rise and dilution falls, and what is
 * usual to one side may never have been seen to the other.
 */
export class TwoSided {
  readonly #up: TailThreshold;
  readonly #down: TailThreshold;

  constructor(perYear: number) {
    this.#up = new TailThreshold(perYear / 2);
    this.#down = new TailThreshold(perYear / 2);
  }

  /** Of a side, but never far below that of the other. */
  height(side: Side): number {
    const up = this.#up.height();
    const down = this.#down.height();
    return side === 1 ? Math.max(up, twoSided.share * down) : Math.max(down, twoSided.share * up);
  }

  /** Takes a score at its side; the other side had none. */
  add(time: number, side: Side, score: number): void {
    const counted = Math.min(score, tail.largestScore * this.height(side));
    this.#up.add(time, side === 1 ? counted : 0);
    this.#down.add(time, side === 1 ? 0 : counted);
  }
}
