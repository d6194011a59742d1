// What arrives live joins what was loaded, and a range that ends with the newest reading slides on.
import type { StoredReading } from '../../../src/store/reading-store.ts';
import type { Loaded } from './load-readings.ts';
import { mergeReadings } from './merge-readings.ts';
import { boundsOf, type Range } from './page-address.ts';
import { sensorKey } from './use-sensors.ts';

export interface LoadedCharts {
  readonly bounds: { readonly from: number; readonly to: number };
  /** By `site/sensor`. */
  readonly bySensor: ReadonlyMap<string, Loaded>;
}

/** The same object where nothing of `arrived` belongs here. */
export function extendLoaded(
  before: LoadedCharts,
  arrived: readonly StoredReading[],
  range: Range,
): LoadedCharts {
  const mine = arrived.filter((reading) => before.bySensor.has(sensorKey(reading)));
  if (mine.length === 0) return before;
  const bounds = slide(before, mine, range);
  const bySensor = new Map(before.bySensor);
  for (const [key, loaded] of before.bySensor) {
    const inside = mine.filter((reading) => sensorKey(reading) === key && isIn(reading, bounds));
    const from = loaded.isPart ? loaded.from : bounds.from;
    const merged = mergeReadings(loaded.readings, inside);
    const readings =
      from === before.bounds.from
        ? merged
        : merged.filter(({ measuredAt }) => Date.parse(measuredAt) >= from);
    bySensor.set(key, { ...loaded, readings, from, to: bounds.to });
  }
  return { bounds, bySensor };
}

function slide({ bounds, bySensor }: LoadedCharts, arrived: readonly StoredReading[], range: Range) {
  if (!('name' in range)) return bounds;
  let last = bounds.to - 1;
  for (const { measuredAt } of arrived) last = Math.max(last, Date.parse(measuredAt));
  let first = bounds.from;
  for (const { measuredAt } of arrived) first = Math.min(first, Date.parse(measuredAt));
  for (const { readings } of bySensor.values())
    if (readings[0] !== undefined) first = Math.min(first, Date.parse(readings[0].measuredAt));
  return boundsOf(range, first, last);
}

function isIn({ measuredAt }: StoredReading, { from, to }: { from: number; to: number }): boolean {
  const time = Date.parse(measuredAt);
  return time >= from && time < to;
}
