// How many values make one cycle, where nobody has said it: by the times, or by the strongest cycle in the values.
import { dayMs } from '@wellhead/protocol';
import { findCycle, maxDoubt } from '../../mathematics/find-cycle.ts';
import { median } from '../../mathematics/median.ts';
import { Unsuitable } from '../unsuitable.ts';
import { takeMeasured } from './missing-values.ts';

export interface ChosenPeriod {
  readonly values: number;
  /** In words, for whoever reads the result. */
  readonly why: string;
}

/**
 * How many values make one cycle, if nobody said: with times, a day of them by their median step, or a week of
 * daily ones; else the strongest cycle in the values. As published it depends on the last step alone, and steps
 * of 15 minutes ran as if they were of one.
 *
 * @param times in ms, in order
 * @throws Unsuitable `period` where neither tells
 */
export function choosePeriod(
  values: Float64Array,
  times: Float64Array | undefined,
  wanted: number | undefined,
): ChosenPeriod {
  if (wanted !== undefined) return { values: wanted, why: 'as given' };
  if (times !== undefined && times.length > 1) {
    const step = median(Float64Array.from({ length: times.length - 1 }, (_, i) => times[i + 1]! - times[i]!));
    if (step > 0 && step <= dayMs / 2) return { values: Math.round(dayMs / step), why: 'one day' };
    if (step >= 0.9 * dayMs && step <= 1.1 * dayMs) return { values: 7, why: 'one week of daily values' };
  }
  const cycle = findCycle(takeMeasured(values, true).values);
  if (cycle === undefined || cycle.pValue > maxDoubt)
    throw new Unsuitable(
      'period',
      'No cycle stands out in the values: say with --period how many values make one, for instance 24 for hourly values and a daily cycle.',
    );
  return { values: cycle.period, why: 'the strongest cycle found' };
}
