// The quality tests of one property, in their order, and which of them has the last word.
import { type Cause, causes } from '../reading/cause.ts';
import { type Flag, flags } from '../reading/flag.ts';
import type { Value } from '../reading/value.ts';
import type { Property } from '../sensor-type/schema.ts';
import {
  type AttenuatedLimits,
  attenuatedLimitsOf,
  judgeAttenuated,
  nothingWatched,
  type Watched,
} from './attenuated.ts';
import {
  type FlatLineLimits,
  type FlatRun,
  flatLineLimitsOf,
  judgeFlatLine,
  noFlatRun,
} from './flat-line.ts';
import { type Limits, limitsOf } from './limits.ts';
import { isMissing, type MissingCodes, missingCodesOf } from './missing.ts';
import { isOutside, type Range, rangeOf } from './range.ts';
import { isInReach, judgeRate, noReference, type Reference, setReference } from './rate-of-change.ts';
import { judgeSpike, noRecentValues, type RecentValues, rememberRecent } from './spike.ts';

/**
 * The tests of one property of one sensor, in their order: missing, syntax, dropout, gross range (all in
 * `judgeAlone`), then, when the other properties of the reading were heard, spike, rate of change, flat line,
 * attenuated (in `judgeAmongOthers`). The first that fails a value (9 or 4) has the last word; else the first
 * suspicion stands. `flag` and `cause` hold the verdict: fields, not an object, for the sake of the hot path.
 */
export class ValueTest {
  flag: Flag = flags.notEvaluated;
  cause: Cause = causes.none;
  readonly isNumeric: boolean;
  /** A number that is measured in the water: out of it, it says nothing. */
  readonly isSubmerged: boolean;

  readonly #kind: 'number' | 'string' | 'boolean';
  readonly #missing: MissingCodes;
  readonly #dropout: readonly number[];
  readonly #instrument: Range;
  readonly #site: Range;
  readonly #spike: Limits;
  readonly #rate: Limits;
  readonly #flat: FlatLineLimits;
  readonly #gapMs: number;
  readonly #recent: RecentValues = noRecentValues();
  /** The value before this one, whatever spike and rate said of it. */
  readonly #previous: Reference = noReference();
  /** The last value that neither spike nor rate blamed. */
  readonly #lastGood: Reference = noReference();
  readonly #run: FlatRun = noFlatRun();
  readonly #attenuated: AttenuatedLimits | undefined;
  readonly #watched: Watched;

  /** `gapMs`: two values further apart than this are not compared; `intervalMs`: usual time between two. */
  constructor(
    property: Property,
    { gapMs, intervalMs }: { readonly gapMs: number; readonly intervalMs: number },
  ) {
    this.#kind = property.kind === 'text' ? 'string' : (property.kind ?? 'number');
    this.isNumeric = this.#kind === 'number';
    this.isSubmerged = this.isNumeric && property.submerged !== false;
    this.#attenuated = attenuatedLimitsOf(property.attenuated, intervalMs);
    this.#watched = this.#attenuated ? nothingWatched() : [];
    this.#missing = missingCodesOf(property.missing);
    this.#dropout = property.dropout;
    this.#instrument = rangeOf(property.instrumentRange);
    this.#site = rangeOf(property.siteRange);
    this.#spike = limitsOf(property.spike);
    this.#rate = limitsOf(property.rateOfChange);
    this.#flat = flatLineLimitsOf(property.flatLine);
    this.#gapMs = gapMs;
  }

  /** Judges the next value by itself: fails it (9 or 4), or finds it good for now. */
  judgeAlone(value: Value | undefined): void {
    this.cause = this.#failureOf(value);
    this.flag = flagOfFailure(this.cause, value);
  }

  /** Fails the value for a reason that other properties of the reading gave. */
  fail(cause: Cause): void {
    this.flag = flags.bad;
    this.cause = cause;
  }

  /** Whether spike or rate of change would blame a value; nothing is remembered of it. */
  isJump(value: number, at: number): boolean {
    return this.#spikeOf(value, at) !== flags.good || this.#rateOf(value, at) !== flags.good;
  }

  /**
   * Judges further what has not failed. `isInOrder` says that it was measured after all before it: only then do
   * the tests that compare values in time run and remember it.
   */
  judgeAmongOthers(value: Value | undefined, measuredAt: number, isInOrder: boolean): void {
    // What has not failed and is a number may still be suspect, or fail in the company of those before it.
    if (this.flag !== flags.good || typeof value !== 'number') return;
    if (isOutside(this.#site, value)) this.#blame(flags.suspect, causes['site-range']);
    if (isInOrder) this.#judgeInOrder(value, measuredAt);
  }

  /** Why a value fails by itself, whatever came before it; `none` where it does not. */
  #failureOf(value: Value | undefined): Cause {
    if (value === undefined) return causes.none;
    if (isMissing(this.#missing, value)) return causes.missing;
    if (typeof value !== this.#kind) return causes.syntax;
    if (typeof value !== 'number') return causes.none;
    if (!Number.isFinite(value)) return causes.syntax;
    if (this.#dropout.includes(value)) return causes.dropout;
    return isOutside(this.#instrument, value) ? causes['instrument-range'] : causes.none;
  }

  #judgeInOrder(value: number, at: number): void {
    // Values from before a gap say nothing of a spike after it.
    if (at - this.#previous.at > this.#gapMs) this.#recent.count = 0;
    const spike = this.#spikeOf(value, at);
    rememberRecent(this.#recent, value);
    const rate = spike === flags.bad ? flags.notEvaluated : this.#rateOf(value, at);
    setReference(this.#previous, value, at);
    if (spike === flags.good && rate === flags.good) setReference(this.#lastGood, value, at);

    if (spike !== flags.good) this.#blame(spike, causes.spike);
    if (spike === flags.bad) return;
    if (rate !== flags.good) this.#blame(rate, causes['rate-of-change']);
    if (rate === flags.bad) return;
    const flat = judgeFlatLine(this.#flat, this.#run, this.#gapMs, value, at);
    if (flat !== flags.good) this.#blame(flat, causes['flat-line']);
    if (flat === flags.bad || this.#attenuated === undefined) return;
    const variation = judgeAttenuated(this.#attenuated, this.#watched, value, at);
    if (variation !== flags.good) this.#blame(variation, causes.attenuated);
  }

  #spikeOf(value: number, at: number): Flag {
    if (at - this.#previous.at > this.#gapMs) return flags.good;
    const isGoodNear = isInReach(this.#lastGood, at, this.#gapMs);
    return judgeSpike(this.#spike, this.#recent, isGoodNear ? this.#lastGood.value : Number.NaN, value);
  }

  #rateOf(value: number, at: number): Flag {
    return judgeRate(this.#rate, this.#lastGood, this.#previous, this.#gapMs, value, at);
  }

  #blame(flag: Flag, cause: Cause): void {
    if (flag <= this.flag) return;
    this.flag = flag;
    this.cause = cause;
  }
}

function flagOfFailure(cause: Cause, value: Value | undefined): Flag {
  if (cause === causes.missing) return flags.missing;
  if (cause !== causes.none) return flags.bad;
  return value === undefined ? flags.notEvaluated : flags.good;
}
