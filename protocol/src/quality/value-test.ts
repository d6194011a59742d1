import { type Cause, causes } from '../reading/cause.ts';
import { type Flag, flags } from '../reading/flag.ts';
import type { Value } from '../reading/value.ts';
import type { Property } from '../sensor-type/schema.ts';
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
 * The tests of one property of one sensor, in their order: missing, syntax, dropout, gross range, spike, rate of
 * change, flat line. The first that fails a value (9 or 4) has the last word; else the first suspicion stands.
 * After `judge`, `flag` and `cause` hold the verdict: fields, not an object, for the sake of the hot path.
 */
export class ValueTest {
  flag: Flag = flags.notEvaluated;
  cause: Cause = causes.none;

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

  /** `gapMs`: two values further apart than this are not compared. */
  constructor(property: Property, gapMs: number) {
    this.#kind = property.kind === 'text' ? 'string' : (property.kind ?? 'number');
    this.#missing = missingCodesOf(property.missing);
    this.#dropout = property.dropout;
    this.#instrument = rangeOf(property.instrumentRange);
    this.#site = rangeOf(property.siteRange);
    this.#spike = limitsOf(property.spike);
    this.#rate = limitsOf(property.rateOfChange);
    this.#flat = flatLineLimitsOf(property.flatLine);
    this.#gapMs = gapMs;
  }

  /**
   * Judges the next value. `isInOrder` says that it was measured after all before it: only then do the tests
   * that compare values in time run and remember it.
   */
  judge(value: Value | undefined, measuredAt: number, isInOrder: boolean): void {
    this.cause = this.#failureOf(value);
    this.flag = flagOfFailure(this.cause, value);
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
    const isGoodNear = isInReach(this.#lastGood, at, this.#gapMs);
    const spike = judgeSpike(
      this.#spike,
      this.#recent,
      isGoodNear ? this.#lastGood.value : Number.NaN,
      value,
    );
    rememberRecent(this.#recent, value);
    const rate =
      spike === flags.bad
        ? flags.notEvaluated
        : judgeRate(this.#rate, this.#lastGood, this.#previous, this.#gapMs, value, at);
    setReference(this.#previous, value, at);
    if (spike === flags.good && rate === flags.good) setReference(this.#lastGood, value, at);

    if (spike !== flags.good) this.#blame(spike, causes.spike);
    if (spike === flags.bad) return;
    if (rate !== flags.good) this.#blame(rate, causes['rate-of-change']);
    if (rate === flags.bad) return;
    const flat = judgeFlatLine(this.#flat, this.#run, this.#gapMs, value, at);
    if (flat !== flags.good) this.#blame(flat, causes['flat-line']);
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
