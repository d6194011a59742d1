// S-H-ESD on a series with times: as its authors' function for time series.
import { dayMs, hourMs } from '@wellhead/protocol';
import type { Anomaly } from '../anomaly.ts';
import { Unsuitable } from '../unsuitable.ts';
import { blocksOfDays, blocksOfLength } from './blocks.ts';
import { detectInBlocks } from './detect-in-series.ts';
import { planShesd, type ShesdOptions } from './options.ts';
import { publishedGrain } from './published-grain.ts';
import { heightOf, maximaOf } from './threshold.ts';

export interface TimedOptions extends Omit<ShesdOptions, 'period'> {
  /** Observations in one cycle; without it what was published for the step between the last two times. */
  readonly period?: number;
  /** Judge blocks of so many weeks (at least 2) by themselves, or of so many values. */
  readonly longterm?: { readonly weeks: number } | { readonly values: number };
  /** Tell only of the last day or hour; the whole series is judged all the same. */
  readonly onlyLast?: 'day' | 'hr';
}

/**
 * Anomalies in time order. The threshold is taken over the maxima of all days (UTC) of the whole series.
 *
 * @param times in ms since 1970, in order, one for each value
 * @throws Unsuitable if the series and the options do not go together
 */
export function detectInTime(times: Float64Array, values: Float64Array, options: TimedOptions): Anomaly[] {
  const { longterm, onlyLast, period, ...rest } = options;
  if (times.length !== values.length) throw new TypeError('there is one time for each value');
  for (let i = 0; i < times.length; i++)
    if (!(times[i]! >= (times[i - 1] ?? Number.NEGATIVE_INFINITY)))
      throw new Unsuitable(
        'time',
        `The times are not in order: that of row ${i}, counted from 0, is before the one of the row before. Sort the file by time.`,
      );
  const plan = planShesd(values.length, { ...rest, period: period ?? publishedGrain(times).period });
  const height =
    plan.threshold &&
    heightOf(
      plan.threshold,
      maximaOf(values, (i) => Math.floor(times[i]! / dayMs)),
    );
  const anomalies = detectInBlocks(values, blocksIn(times, longterm, plan.period), plan, () => height);
  if (onlyLast === undefined) return anomalies;
  const since = times[times.length - 1]! - (onlyLast === 'day' ? dayMs : hourMs);
  return anomalies.filter(({ index }) => times[index]! > since);
}

function blocksIn(times: Float64Array, longterm: TimedOptions['longterm'], period: number) {
  if (longterm === undefined) return blocksOfLength(times.length, times.length);
  if ('values' in longterm) return blocksOfLength(times.length, longterm.values);
  const { weeks } = longterm;
  if (!(weeks >= 2)) throw new Unsuitable('longterm', `blocks are two weeks or longer, not ${weeks}`);
  // Daily values come in periods of a week, and the decomposition wants one value more than two of them.
  return publishedGrain(times).step === 'day'
    ? blocksOfDays(times, { days: 7 * weeks + 1, step: period * weeks + 1 })
    : blocksOfDays(times, { days: 7 * weeks, step: period * 7 * weeks });
}
