// Where the level of a property changed at once and stayed: no spike, and no rise that is usual there.
import { hourMs } from '@wellhead/protocol';
import { median } from '../mathematics/median.ts';
import { quantile } from '../mathematics/quantile.ts';
import type { Measured } from './measured.ts';

/** A sharp change of level between two measured values. */
export interface Step {
  /** Place of the first value of the new level among the measured. */
  readonly place: number;
  /** Times of the last value before and the first one after. */
  readonly before: number;
  readonly after: number;
  /** After minus before. */
  readonly size: number;
}

/** What lies further apart says nothing of a step between. */
const longestApart = 48 * hourMs;
/** Values each side whose medians tell the levels, and the part of the step that must remain between them. */
const levelValues = 3;
const remains = 0.7;
/** A step is so many times what 9 of 10 changes over as long a time are. */
const timesUsual = 3;
const usualShare = 0.9;
const maxPairs = 2_000;

/**
 * The steps of one property: a change from one value to the next by `least` or more, that stays, and that is far
 * more than the property usually changes over as long a time. So a spike is none, and neither is the rise of a
 * spring that always rises so, nor what the water did during a gap.
 * @param least in the unit of the values
 * @param interval usual time between two readings, ms
 */
export function findSteps({ times, values }: Measured, least: number, interval: number): Step[] {
  const usual = new Map<number, number>();
  const usualOver = (lag: number) => {
    const known = usual.get(lag) ?? usualChange(values, lag);
    usual.set(lag, known);
    return known;
  };
  const steps: Step[] = [];
  for (let place = 1; place < values.length; place++) {
    const size = values[place]! - values[place - 1]!;
    // Decimals such as 28.32 - 28.17 come out a hair below 0.15 in binary.
    if (Math.abs(size) < least * (1 - 1e-9)) continue;
    const [before, after] = [times[place - 1]!, times[place]!];
    if (after - before > longestApart) continue;
    const level =
      median(values.subarray(place, place + levelValues)) -
      median(values.subarray(Math.max(0, place - levelValues), place));
    if (level * Math.sign(size) < remains * Math.abs(size)) continue;
    const lag = Math.max(1, Math.round((after - before) / interval));
    if (Math.abs(size) < timesUsual * usualOver(lag)) continue;
    steps.push({ place, before, after, size });
  }
  return steps;
}

/** What 9 of 10 changes over so many readings are at most. */
function usualChange(values: Float64Array, lag: number): number {
  const pairs = values.length - lag;
  if (pairs < 1) return 0;
  const stride = Math.max(1, Math.floor(pairs / maxPairs));
  const changes = new Float64Array(Math.ceil(pairs / stride));
  for (let i = 0; i < changes.length; i++) {
    changes[i] = Math.abs(values[i * stride + lag]! - values[i * stride]!);
  }
  return quantile(changes, usualShare);
}
