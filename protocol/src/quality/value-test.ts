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
    if (value === undefined) return this.#say(flags.notEvaluated, causes.none);
    if (isMissing(this.#missing, value)) return this.#say(flags.missing, causes.missing);
    if (typeof value !== this.#kind) return this.#say(flags.bad, causes.syntax);
    if (typeof value !== 'number') return this.#say(flags.good, causes.none);
    if (!Number.isFinite(value)) return this.#say(flags.bad, causes.syntax);
    if (this.#dropout.includes(value)) return this.#say(flags.bad, causes.dropout);
    if (isOutside(this.#instrument, value)) return this.#say(flags.bad, causes['instrument-range']);
    if (isOutside(this.#site, value)) this.#say(flags.suspect, causes['site-range']);
    else this.#say(flags.good, causes.none);
    if (isInOrder) this.#judgeInOrder(value, measuredAt);
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

  #say(flag: Flag, cause: Cause): void {
    this.flag = flag;
    this.cause = cause;
  }

  #blame(flag: Flag, cause: Cause): void {
    if (flag > this.flag) this.#say(flag, cause);
  }
}
