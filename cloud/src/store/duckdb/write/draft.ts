// What one write would change in memory, kept apart until its commit, so that a failed write leaves nothing behind.
import { type Block, RangeSet } from '@wellhead/protocol';
import type { StoredBatch } from '../../reading-store.ts';
import { type TypeTable, typeTable } from '../open/schema.ts';
import {
  isLater,
  newSensor,
  newSeries,
  type Place,
  type Sensor,
  type Series,
  type StoreState,
  sensorKey,
} from '../open/state.ts';
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
export interface SeriesDraft {
  readonly sensor: SensorDraft;
  readonly origin: string;
  readonly originId: number;
  readonly base: Series | undefined;
  readonly added: RangeSet;
  highest: number;
}

/** What one write adds to one sensor. */
export interface SensorDraft {
  readonly id: number;
  readonly site: string;
  readonly name: string;
  readonly base: Sensor | undefined;
  readonly types: Set<number>;
  readonly properties: Set<string>;
  /** `type/property` pairs named for the first time. */
  readonly shapes: Map<string, readonly [type: number, property: number]>;
  readonly series: Map<string, SeriesDraft>;
  readings: number;
  first: number;
  last: number;
  lastStored: number;
  latest: NewestOfWrite | undefined;
  shape: Shape | undefined;
}

/**
 * All that one write would change in memory, kept apart until its commit: dropping the draft undoes a write.
 */
export class Draft {
  readonly texts = new Map<string, number>();
  readonly types = new Map<string, TypeTable>();
  readonly sensors = new Map<string, SensorDraft>();
  /** Sensors counted again from the table, because a replaced reading was their first or last. */
  readonly recounted = new Map<number, Sensor>();
  readonly #state: StoreState;
  #newSensors = 0;
  #newTypes = 0;

  constructor(state: StoreState) {
    this.#state = state;
  }

  get isEmpty(): boolean {
    if (this.texts.size > 0 || this.types.size > 0) return false;
    for (const sensor of this.sensors.values()) {
      if (sensor.base === undefined || sensor.shapes.size > 0 || sensor.readings > 0) return false;
    }
    return true;
  }

  textId(text: string): number {
    const known = this.#state.texts.get(text) ?? this.texts.get(text);
    if (known !== undefined) return known;
    const id = this.#state.texts.size + this.texts.size;
    this.texts.set(text, id);
    return id;
  }

  /** The table for a type, with columns for at least these properties. */
  typeFor(name: string, properties: readonly string[]): TypeTable {
    const known = this.types.get(name) ?? this.#state.types.get(name);
    if (known !== undefined && properties.every((property) => known.columnOf.has(property))) return known;
    const id = known?.id ?? this.#state.types.size + this.#newTypes++;
    const wider = typeTable(id, name, [...new Set([...(known?.properties ?? []), ...properties])]);
    this.types.set(name, wider);
    return wider;
  }

  sensorFor(site: string, name: string): SensorDraft {
    const key = sensorKey(site, name);
    const known = this.sensors.get(key);
    if (known !== undefined) return known;
    const base = this.#state.sensors.get(key);
    const id = base?.id ?? this.#state.sensors.size + this.#newSensors++;
    const draft = {
      ...newSensor(id, site, name),
      base,
      shapes: new Map(),
      series: new Map(),
      latest: undefined,
      shape: undefined,
    };
    this.sensors.set(key, draft);
    return draft;
  }

  seriesFor(sensor: SensorDraft, origin: string, originId: number): SeriesDraft {
    const known = sensor.series.get(origin);
    if (known !== undefined) return known;
    const base = sensor.base?.series.get(origin);
    const highest = base?.highest ?? Number.NEGATIVE_INFINITY;
    const draft = { sensor, origin, originId, base, added: new RangeSet(), highest };
    sensor.series.set(origin, draft);
    return draft;
  }

  /** Where the properties of a sensor's block go; notes what the sensor names for the first time. */
  shapeOf(sensor: SensorDraft, block: Block): Shape {
    const last = sensor.shape;
    if (last !== undefined && last.type === block.type && isSame(last.properties, block.properties))
      return last;
    const { type: name, properties } = block;
    const type = this.typeFor(name, properties);
    const places = properties.map((property) => type.columnOf.get(property)!);
    this.#noteShape(sensor, type.id, -1);
    for (let p = 0; p < places.length; p++) {
      if (this.#noteShape(sensor, type.id, places[p]!)) sensor.properties.add(properties[p]!);
    }
    sensor.types.add(type.id);
    sensor.shape = { type: name, properties, places };
    return sensor.shape;
  }

  #noteShape(sensor: SensorDraft, type: number, property: number): boolean {
    const shape = `${type}/${property}`;
    if (sensor.base?.shapes.has(shape) || sensor.shapes.has(shape)) return false;
    sensor.shapes.set(shape, [type, property]);
    return true;
  }

  /** Notes that the readings `[start, end)` of a block are stored; `count` of them are new. */
  noteStored(
    series: SeriesDraft,
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

  /** The names as they will be after the commit: for questions asked inside the transaction. */
  preview(): StoreState {
    const textById = [...this.#state.textById];
    const typeById = [...this.#state.typeById];
    for (const [text, id] of this.texts) textById[id] = text;
    for (const type of this.types.values()) typeById[type.id] = type;
    return { ...this.#state, textById, typeById };
  }

  /**
   * Before the commit: a question may meet the readings before the writer hears that they are committed, and
   * their origins and gateways must have names then. A number that is not used after all is given anew.
   */
  announceTexts(): void {
    for (const [text, id] of this.texts) this.#state.textById[id] = text;
  }

  /** Makes the state what the committed write has made it. */
  apply(): void {
    const state = this.#state;
    for (const [text, id] of this.texts) state.texts.set(text, id);
    for (const [name, type] of this.types) {
      state.types.set(name, type);
      state.typeById[type.id] = type;
    }
    for (const [key, draft] of this.sensors) {
      const sensor = draft.base ?? newSensor(draft.id, draft.site, draft.name);
      applySensor(sensor, draft);
      const recounted = this.recounted.get(draft.id);
      if (recounted !== undefined) {
        sensor.readings = recounted.readings;
        sensor.first = recounted.first;
        sensor.last = recounted.last;
        sensor.latest = recounted.latest;
      }
      state.sensors.set(key, sensor);
    }
  }
}

function applySensor(sensor: Sensor, draft: SensorDraft): void {
  for (const type of draft.types) sensor.types.add(type);
  for (const property of draft.properties) sensor.properties.add(property);
  for (const shape of draft.shapes.keys()) sensor.shapes.add(shape);
  sensor.readings += draft.readings;
  sensor.first = Math.min(sensor.first, draft.first);
  sensor.last = Math.max(sensor.last, draft.last);
  sensor.lastStored = Math.max(sensor.lastStored, draft.lastStored);
  if (draft.latest !== undefined) {
    const { measuredAt, origin, seq, batch, block, index } = draft.latest;
    sensor.latest = { measuredAt, origin, seq, reading: readingAt(batch, block, index) };
  }
  for (const [origin, added] of draft.series) {
    const series = added.base ?? newSeries(origin, added.originId);
    for (const [low, high] of added.added.ranges) series.held.add(low, high);
    series.highest = Math.max(series.highest, added.highest);
    sensor.series.set(origin, series);
  }
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
