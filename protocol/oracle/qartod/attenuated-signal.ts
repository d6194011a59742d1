import { type Flag, flags } from '../../src/reading/flag.ts';
import { assertSameLength, isAbsent, medianStepSeconds, type Series } from './series.ts';

export interface AttenuatedSignalOptions {
  /** Variation below which values are suspect (3), in their unit. */
  readonly suspect: number;
  /** Variation below which values are bad (4). */
  readonly fail: number;
  /** `std` (the default) is the standard deviation of the population, `range` highest minus lowest. */
  readonly check?: 'std' | 'range';
  /** Seconds up to and with each value over which its variation is taken; the whole series unless set. */
  readonly windowSeconds?: number;
  /** Values a window must hold to be judged; 1 unless set. */
  readonly minimumCount?: number;
  /** The same as a length of time, turned into a count of median steps; `minimumCount` goes before it. */
  readonly minimumSeconds?: number;
}

/**
 * QARTOD attenuated signal over a whole series, as `attenuated_signal_test` of ioos_qc. Missing values are 9;
 * a window with too few values is not evaluated (2), and by `range` neither is one with a missing value.
 * @param times milliseconds since 1970, one per value, not running backwards
 * @returns one flag per value
 * @throws RangeError if times and values are not of one length or times run backwards
 */
export function attenuatedSignalTest(
  values: Series,
  times: Series,
  options: AttenuatedSignalOptions,
): Flag[] {
  assertSameLength(values, times);
  const { suspect, fail, check = 'std', windowSeconds } = options;
  const whole = windowSeconds ? undefined : variation(values, 0, values.length - 1, check);
  const least = windowSeconds ? minimumOf(times, options) : 0;
  let from = 0;
  return Array.from(values, (value, i): Flag => {
    let amount = whole;
    if (windowSeconds) {
      if (i > 0 && times[i]! < times[i - 1]!) throw new RangeError('the times run backwards');
      while (times[from]! <= times[i]! - windowSeconds * 1000) from++;
      const isJudged =
        countPresent(values, from, i) >= least && !(check === 'range' && hasAbsent(values, from, i));
      amount = isJudged ? variation(values, from, i, check) : Number.NaN;
    }
    if (isAbsent(value)) return flags.missing;
    if (amount! < fail) return flags.bad;
    if (amount! < suspect) return flags.suspect;
    return amount! >= suspect ? flags.good : flags.notEvaluated;
  });
}

function minimumOf(times: Series, { minimumCount, minimumSeconds }: AttenuatedSignalOptions): number {
  if (minimumCount !== undefined) return minimumCount;
  return minimumSeconds === undefined ? 1 : Math.trunc(minimumSeconds / medianStepSeconds(times));
}

function countPresent(values: Series, from: number, to: number): number {
  let count = 0;
  for (let i = from; i <= to; i++) if (!isAbsent(values[i]!)) count++;
  return count;
}

function hasAbsent(values: Series, from: number, to: number): boolean {
  return countPresent(values, from, to) <= to - from;
}

function variation(values: Series, from: number, to: number, check: 'std' | 'range'): number {
  const present: number[] = [];
  for (let i = from; i <= to; i++) if (!isAbsent(values[i]!)) present.push(values[i]!);
  if (present.length === 0) return Number.NaN;
  if (check === 'range') {
    let low = present[0]!;
    let high = low;
    for (const value of present) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return high - low;
  }
  const mean = present.reduce((sum, value) => sum + value, 0) / present.length;
  return Math.sqrt(present.reduce((sum, value) => sum + (value - mean) ** 2, 0) / present.length);
}
