// Away from the level of just before: how far, for how long, and back or not.
import { middleOf } from '../usual/middle-of.ts';
import { jump } from '../usual/parameters.ts';
import type { Scatter } from '../usual/scatter.ts';
import { type Side, TwoSided } from '../usual/two-sided.ts';
import { beginSighting, type Sighting } from './sighting.ts';

interface Excursion {
  readonly side: Side;
  readonly base: number;
  /** The threshold when it began, in the unit of the values. */
  readonly height: number;
  readonly sighting: Sighting;
  /** How large the jump was, in scatters. */
  readonly score: number;
  /** The newest value. */
  last: number;
  isKnown: boolean;
  /** Readings beyond the threshold. */
  beyond: number;
  /** Whether it has had only one value: an instrument that repeats itself. */
  isConstant: boolean;
}

interface Beginning {
  readonly side: Side;
  readonly time: number;
  readonly value: number;
  readonly level: number;
  readonly height: number;
  readonly size: number;
  readonly scatter: number;
}

interface Shift {
  readonly sighting: Sighting;
  readonly side: Side;
  readonly base: number;
  readonly size: number;
}

export class JumpWatch {
  readonly #tails: TwoSided;
  readonly #shiftMs: number;
  #level: number[] = [];
  #newest: number[] = [];
  #excursion: Excursion | undefined;
  #shift: Shift | undefined;

  constructor(interval: number, perYear: number) {
    this.#tails = new TwoSided(perYear);
    this.#shiftMs = Math.min(
      Math.max(jump.shiftValues * interval, jump.shortestShiftMs),
      jump.longestShiftMs,
    );
  }

  /** The level of just before; NaN while nothing is known. */
  get level(): number {
    if (this.#excursion !== undefined) return this.#excursion.base;
    const [a, b, c] = this.#level;
    return c === undefined ? (b ?? a ?? Number.NaN) : middleOf(a!, b!, c);
  }

  get isAway(): boolean {
    return this.#excursion !== undefined;
  }

  /** After a hole the level of before says nothing. */
  forget(): void {
    if (this.#excursion !== undefined) this.#excursion.sighting.isOpen = false;
    this.#excursion = undefined;
    this.#level = [];
    this.#newest = [];
  }

  /** Takes the next value. @returns a sighting when it becomes known that there is one; it grows by itself */
  push(time: number, value: number, usual: Scatter, caution: number): Sighting | undefined {
    this.#newest.push(value);
    if (this.#newest.length > jump.level) this.#newest.shift();
    if (this.#excursion !== undefined) return this.#follow(this.#excursion, time, value, usual);
    const level = this.level;
    if (Number.isNaN(level)) {
      this.#level.push(value);
      return undefined;
    }
    const side: Side = value >= level ? 1 : -1;
    const size = Math.abs(value - level);
    const scatter = usual.size;
    const height = this.#tails.height(side) * caution;
    if (size / scatter <= height) {
      this.#tails.add(time, side, size / scatter);
      this.#level.push(value);
      if (this.#level.length > jump.level) this.#level.shift();
      return undefined;
    }
    if (this.#isReturn(side, time, value, size)) return undefined;
    return this.#begin({ side, time, value, level, height: height * scatter, size, scatter });
  }

  #begin(found: Beginning): Sighting | undefined {
    const { side, time, value, level, height, size, scatter } = found;
    const score = (side * (value - level)) / height;
    const sighting = beginSighting(time, {
      looker: 'local',
      cause: 'spike',
      isFault: true,
      value,
      expected: level,
      score,
    });
    this.#excursion = {
      side,
      base: level,
      height,
      sighting,
      score: size / scatter,
      last: value,
      isKnown: false,
      beyond: 1,
      isConstant: true,
    };
    return score >= jump.sharp ? this.#makeKnown(this.#excursion, time) : undefined;
  }

  #follow(excursion: Excursion, time: number, value: number, usual: Scatter): Sighting | undefined {
    const { sighting, side, base, height } = excursion;
    const away = side * (value - base);
    if (away < jump.hysteresis * height) {
      sighting.isOpen = false;
      // Water comes back gradually. What goes and comes in one step says nothing of what water does.
      const isSharp = side * (excursion.last - value) >= jump.sharpReturn * side * (sighting.value - base);
      if (!isSharp) this.#tails.add(time, side, excursion.score);
      this.#excursion = undefined;
      this.#level = [base, value];
      return undefined;
    }
    excursion.last = value;
    sighting.count++;
    sighting.end = time;
    if (away > height) excursion.beyond++;
    if (value !== sighting.value) excursion.isConstant = false;
    if (away > side * (sighting.value - base)) {
      sighting.score = away / height;
      sighting.value = value;
      sighting.peak = time;
    }
    if (sighting.count > jump.longestSpike) classify(excursion, time, usual);
    const isNews = !excursion.isKnown && excursion.beyond >= jump.fewestBeyond;
    if (time - sighting.start >= this.#shiftMs && sighting.count >= jump.shiftValues)
      this.#settle(excursion, time);
    return isNews ? this.#makeKnown(excursion, time) : undefined;
  }

  /** It stays: from now on this is the level. */
  #settle({ sighting, side, base, score }: Excursion, time: number): void {
    this.#tails.add(time, side, score);
    sighting.isOpen = false;
    if (!sighting.isFault) sighting.cause = 'shift';
    this.#excursion = undefined;
    this.#level = [...this.#newest];
    this.#shift = { sighting, side, base, size: Math.abs(this.level - base) };
  }

  /** A step back to where it was before a shift is the end of that shift, not something new. */
  #isReturn(side: Side, time: number, value: number, size: number): boolean {
    const shift = this.#shift;
    if (shift === undefined || shift.side === side) return false;
    if (time - shift.sighting.end > jump.longestOffsetMs) return false;
    if (Math.abs(value - shift.base) > jump.pairMiss * Math.max(shift.size, size)) return false;
    shift.sighting.end = time;
    shift.sighting.cause = 'offset';
    this.#shift = undefined;
    this.#level = [value];
    return true;
  }

  #makeKnown(excursion: Excursion, time: number): Sighting {
    excursion.isKnown = true;
    excursion.sighting.decidedAt = time;
    return excursion.sighting;
  }
}

/** Longer than an instrument is off by itself: the water, unless it says the same again and again and never did before. */
function classify({ sighting, isConstant }: Excursion, time: number, usual: Scatter): void {
  const isStuck = isConstant && usual.chanceOfRun(sighting.count) < jump.rareRun;
  if (sighting.isFault && !isStuck) sighting.decidedAt = time;
  sighting.isFault = isStuck;
  sighting.cause = isStuck ? 'impossible-value' : 'excursion';
}
