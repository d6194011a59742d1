// Slow and quiet changes: no detector is sure by itself, but two of them together are.

import { beginSighting, type Looker, type Sighting } from './sighting/sighting.ts';
import { agreement } from './usual/parameters.ts';

export interface Score {
  readonly looker: Looker;
  /** In multiples of its threshold. */
  readonly score: number;
  readonly expected: number;
}

const causeOf: Partial<Record<Looker, string>> = {
  ramp: 'ramp',
  range: 'beyond-range',
  multi: 'disagreement',
  seasonal: 'unusual-course',
  shape: 'unusual-course',
};

export class Agreement {
  readonly #exceeded = new Map<Looker, number>();
  #open: Sighting | undefined;
  #lastLoud = 0;

  /** Takes the scores of one reading. @returns a sighting when enough agree for the first time; it grows by itself */
  push(time: number, value: number, scores: readonly Score[]): Sighting | undefined {
    for (const { looker, score } of scores) if (score > 1) this.#exceeded.set(looker, time);
    if (this.#open !== undefined) {
      this.#follow(this.#open, time, value, scores);
      return undefined;
    }
    for (const [looker, at] of this.#exceeded) {
      if (time - at > agreement.withinMs) this.#exceeded.delete(looker);
    }
    if (this.#exceeded.size < agreement.fewest) return undefined;
    const loudest = scores.reduce((a, b) => (b.score > a.score ? b : a));
    if (loudest.score <= 1) return undefined;
    const { looker, score, expected } = loudest;
    const cause = causeOf[looker] ?? 'excursion';
    this.#open = beginSighting(time, { looker, cause, isFault: false, value, expected, score });
    for (const other of this.#exceeded.keys()) if (other !== looker) this.#open.supporters.add(other);
    this.#lastLoud = time;
    return this.#open;
  }

  /** After a hole nothing goes on. */
  forget(): void {
    if (this.#open !== undefined) this.#open.isOpen = false;
    this.#open = undefined;
    this.#exceeded.clear();
  }

  #follow(sighting: Sighting, time: number, value: number, scores: readonly Score[]): void {
    for (const { looker, score } of scores) {
      if (score > 1 && looker !== sighting.looker) sighting.supporters.add(looker);
      if (score > agreement.hysteresis) this.#lastLoud = time;
      if (looker === sighting.looker && score > sighting.score) {
        sighting.score = score;
        sighting.peak = time;
        sighting.value = value;
      }
    }
    const isQuiet = time - this.#lastLoud >= agreement.quietMs;
    if (!isQuiet) {
      sighting.end = time;
      sighting.count++;
    }
    if (isQuiet || time - sighting.start >= agreement.longestMs) this.forget();
  }
}
