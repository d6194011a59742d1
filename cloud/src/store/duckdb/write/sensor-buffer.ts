// What one write adds to one sensor and its series, until its commit makes it part of what is known.
import type { Block, RangeSet } from '@wellhead/protocol';
import type { StoredBatch } from '../../reading-store.ts';
import { isLater, newSeries, type Place, type Sensor, type Series } from '../open/state.ts';
import { readingAt } from '../open/stored-reading.ts';

/** The shape of a sensor's blocks: nearly always the same from block to block. */
export interface Shape {
  readonly type: string;
  readonly properties: readonly string[];
  /** Per property of the block, its place in the table of the type. */
  readonly places: readonly number[];
}

/** A reading in the order of time, and where it stands until somebody wants to see it. */
interface NewestOfWrite extends Place {
  readonly batch: StoredBatch;
  readonly block: Block;
  readonly index: number;
}

/** What one write adds to one series. */
export interface SeriesBuffer {
  readonly sensor: SensorBuffer;
  readonly origin: string;
  readonly originId: number;
  readonly base: Series | undefined;
  readonly added: RangeSet;
  highest: number;
}

/** What one write adds to one sensor. */
export interface SensorBuffer {
  readonly id: number;
  readonly site: string;
  readonly name: string;
  readonly base: Sensor | undefined;
  readonly types: Set<number>;
  readonly properties: Set<string>;
  /** `type/property` pairs named for the first time. */
  readonly shapes: Map<string, readonly [type: number, property: number]>;
  readonly series: Map<string, SeriesBuffer>;
  readings: number;
  first: number;
  last: number;
  lastStored: number;
  latest: NewestOfWrite | undefined;
  shape: Shape | undefined;
}

/** Notes that the readings `[start, end)` of a block are stored; `count` of them are new. */
export function noteStored(
  series: SeriesBuffer,
  batch: StoredBatch,
  block: Block,
  start: number,
  end: number,
  count: number,
): void {
  const { sensor } = series;
  sensor.readings += count;
  sensor.lastStored = Math.max(sensor.lastStored, batch.storedAt);
  let newest = start;
  for (let i = start; i < end; i++) {
    const at = block.measuredAt[i]!;
    if (at < sensor.first) sensor.first = at;
    if (at > sensor.last) sensor.last = at;
    if (
      at > block.measuredAt[newest]! ||
      (at === block.measuredAt[newest] && block.seqs[i]! > block.seqs[newest]!)
    ) {
      newest = i;
    }
  }
  const place = { measuredAt: block.measuredAt[newest]!, origin: series.origin, seq: block.seqs[newest]! };
  const best = sensor.latest ?? sensor.base?.latest;
  // Also the same place: a replaced newest reading shows its new values.
  if (best === undefined || !isLater(best, place)) {
    sensor.latest = { ...place, batch, block, index: newest };
  }
}

/** Makes a sensor what the committed write has made it. */
export function applySensor(sensor: Sensor, buffer: SensorBuffer): void {
  for (const type of buffer.types) sensor.types.add(type);
  for (const property of buffer.properties) sensor.properties.add(property);
  for (const shape of buffer.shapes.keys()) sensor.shapes.add(shape);
  sensor.readings += buffer.readings;
  sensor.first = Math.min(sensor.first, buffer.first);
  sensor.last = Math.max(sensor.last, buffer.last);
  sensor.lastStored = Math.max(sensor.lastStored, buffer.lastStored);
  if (buffer.latest !== undefined) {
    const { measuredAt, origin, seq, batch, block, index } = buffer.latest;
    sensor.latest = { measuredAt, origin, seq, reading: readingAt(batch, block, index) };
  }
  for (const [origin, added] of buffer.series) {
    const series = added.base ?? newSeries(origin, added.originId);
    for (const [low, high] of added.added.ranges) series.held.add(low, high);
    series.highest = Math.max(series.highest, added.highest);
    sensor.series.set(origin, series);
  }
}
