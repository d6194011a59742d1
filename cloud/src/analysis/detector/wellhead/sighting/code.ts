// Numbers that stand for a failed measurement, recognised without being told.
import { code } from '../usual/parameters.ts';
import { beginSighting, type Sighting } from './sighting.ts';

/** What loggers write for no value: nines after any first digit, and the ends of 16-bit numbers. */
const codeLike = /^-?(?:\d?9{2,}(?:\.9+)?|32767|32768|65535)$/;

export interface CodeSurroundings {
  /** Level of just before; NaN while nothing is known. */
  readonly level: number;
  readonly scatter: number;
  /** How far the value is outside all of the last year, in widths of that. */
  readonly beyond: number;
}

export class CodeWatch {
  #count = 0;
  #zeros = 0;
  /** Zeros that the values came down to by themselves. */
  #reached = 0;
  #run: Sighting | undefined;

  get isFailing(): boolean {
    return this.#run !== undefined;
  }

  /** @returns true where the value is a code: it is no measurement */
  isCode(value: number, { level, scatter, beyond }: CodeSurroundings): boolean {
    this.#count++;
    const isSudden = Math.abs(value - level) > code.distance * scatter;
    if (value === 0) {
      this.#zeros++;
      if (!isSudden) this.#reached++;
      return isSudden && this.#count >= code.fewestValues && !this.#isZeroUsual;
    }
    return (
      isSudden && this.#count >= code.fewestValues && beyond > code.widths && codeLike.test(String(value))
    );
  }

  get #isZeroUsual(): boolean {
    return (
      this.#reached > code.reachedShare * this.#count + code.reachedValues ||
      this.#zeros > code.usualShare * this.#count + code.fewestValues
    );
  }

  /** A code at this time. @returns a sighting if a run of them begins; it grows by itself */
  take(time: number, value: number, { level, scatter }: CodeSurroundings): Sighting | undefined {
    if (this.#run !== undefined) {
      this.#run.end = time;
      this.#run.count++;
      return undefined;
    }
    this.#run = beginSighting(time, {
      looker: 'code',
      cause: value === 0 ? 'dropout' : 'impossible-value',
      isFault: true,
      value,
      expected: level,
      score: Math.abs(value - level) / (code.distance * scatter),
    });
    return this.#run;
  }

  /** A measurement again. */
  end(): void {
    if (this.#run !== undefined) this.#run.isOpen = false;
    this.#run = undefined;
  }
}
