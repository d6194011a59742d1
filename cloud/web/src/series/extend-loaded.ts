// What arrives live joins what was loaded, and a range that ends with the newest reading slides on.
import type { StoredReading } from '../../../src/api/answer/answers.ts';
import type { Loaded } from '../client/load-readings.ts';
import { sensorKey } from '../client/use-sensors.ts';
import { boundsOf, type Range } from '../page/page-address.ts';
import { mergeReadings } from './merge-readings.ts';

export interface LoadedCharts {
  readonly bounds: { readonly from: number; readonly to: number };
  /** By `site/sensor`. */
  readonly bySensor: ReadonlyMap<string, Loaded>;
  /** Something arrived that belongs into what is thinned already: only the server can thin it again. */
  readonly isStale: boolean;
}

/** A thinned range with more than this behind it is better thinned again. */
const longestTail = 500;

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
  let { isStale } = before;
  for (const [key, loaded] of before.bySensor) {
    const inside = mine.filter((reading) => sensorKey(reading) === key && isIn(reading, bounds));
    // Charts of sensors that nothing came for are not drawn anew.
    if (inside.length === 0 && bounds.from === before.bounds.from) continue;
    const end = loaded.thinned?.buckets.at(-1)?.lastMeasuredAt ?? '';
    const later = inside.filter(({ measuredAt }) => measuredAt > end);
    const readings = mergeReadings(loaded.readings, later).filter((reading) => isIn(reading, bounds));
    isStale ||=
      later.length < inside.length || (loaded.thinned !== undefined && readings.length > longestTail);
    bySensor.set(key, { ...loaded, readings });
  }
  return { bounds, bySensor, isStale };
}

function slide({ bounds, bySensor }: LoadedCharts, arrived: readonly StoredReading[], range: Range) {
  if (!('name' in range)) return bounds;
  let first = bounds.from;
  let last = bounds.to - 1;
  const include = ({ measuredAt }: { readonly measuredAt: string }) => {
    first = Math.min(first, Date.parse(measuredAt));
    last = Math.max(last, Date.parse(measuredAt));
  };
  for (const reading of arrived) include(reading);
  for (const { readings } of bySensor.values()) if (readings[0] !== undefined) include(readings[0]);
  return boundsOf(range, first, last);
}

function isIn({ measuredAt }: StoredReading, { from, to }: LoadedCharts['bounds']): boolean {
  const time = Date.parse(measuredAt);
  return time >= from && time < to;
}
