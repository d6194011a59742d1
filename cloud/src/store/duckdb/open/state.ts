// Which sensors there are and what each origin has sent, kept in memory so that lists cost no query.
import { type Range, RangeSet } from '@wellhead/protocol';
import type { SensorSummary, StoredReading } from '../../reading-store.ts';
import type { TypeTable } from './schema.ts';

/** How many ranges of missing readings a summary lists per origin. */
const missingListed = 100;

/** What one journal (origin) has sent for one sensor. `highest` is the largest seq, whatever seq means there. */
export interface Series {
  readonly origin: string;
  readonly originId: number;
  readonly held: RangeSet;
  highest: number;
}

/** One sensor as it is known in memory, so that lists and newest values cost no query. */
export interface Sensor {
  readonly id: number;
  readonly site: string;
  readonly name: string;
  /** Ids of the types it has had; nearly always one. */
  readonly types: Set<number>;
  readonly properties: Set<string>;
  /** `type/property` pairs that are written down already. */
  readonly shapes: Set<string>;
  readonly series: Map<string, Series>;
  readings: number;
  first: number;
  last: number;
  lastStored: number;
  latest: Newest | undefined;
}

/** A place in the order of readings. */
export interface Place {
  readonly measuredAt: number;
  readonly origin: string;
  readonly seq: number;
}

/** The newest reading of a sensor. */
export interface Newest extends Place {
  readonly reading: StoredReading;
}

/** The table of held ranges: its rows, and how many are enough to write it anew with the ranges joined. */
export interface HeldTable {
  heldRows: number;
  compactHeldAt: number;
}

/** Rare enough that its price, spread over the writes between, is small; often enough that opening stays quick. */
export function compactHeldAt(joinedRows: number): number {
  return 4 * joinedRows + 20_000;
}

/** All that the store keeps in memory. Changed only after a commit, so that it never shows what failed. */
export interface StoreState extends HeldTable {
  readonly texts: Map<string, number>;
  readonly textById: string[];
  readonly types: Map<string, TypeTable>;
  readonly typeById: TypeTable[];
  readonly sensors: Map<string, Sensor>;
}

export function emptyState(): StoreState {
  return {
    texts: new Map(),
    textById: [],
    types: new Map(),
    typeById: [],
    sensors: new Map(),
    heldRows: 0,
    compactHeldAt: compactHeldAt(0),
  };
}

export function sensorKey(site: string, name: string): string {
  return `${site}\0${name}`;
}

export function newSensor(id: number, site: string, name: string): Sensor {
  return {
    id,
    site,
    name,
    types: new Set(),
    properties: new Set(),
    shapes: new Set(),
    series: new Map(),
    readings: 0,
    first: Number.POSITIVE_INFINITY,
    last: Number.NEGATIVE_INFINITY,
    lastStored: Number.NEGATIVE_INFINITY,
    latest: undefined,
  };
}

export function newSeries(origin: string, originId: number): Series {
  return { origin, originId, held: new RangeSet(), highest: Number.NEGATIVE_INFINITY };
}

/** Whether `a` stands after `b` in the order of readings: measuredAt, then origin, then seq. */
export function isLater(a: Place, b: Place): boolean {
  if (a.measuredAt !== b.measuredAt) return a.measuredAt > b.measuredAt;
  if (a.origin !== b.origin) return a.origin > b.origin;
  return a.seq > b.seq;
}

export function summaryOf(sensor: Sensor): SensorSummary {
  const origins = [...sensor.series.values()]
    // Where seq is a time, nothing is held and nothing can be missing.
    .filter((series) => series.held.ranges.length > 0)
    .sort((a, b) => (a.origin < b.origin ? -1 : 1))
    .map(({ origin, held }) => {
      const missing: Range[] = held.missing(1, held.last, missingListed);
      return { origin, highest: held.last, missing };
    });
  return {
    site: sensor.site,
    sensor: sensor.name,
    gateway: sensor.latest?.reading.gateway ?? '',
    type: sensor.latest?.reading.type ?? '',
    properties: [...sensor.properties],
    readings: sensor.readings,
    firstMeasuredAt: sensor.first,
    lastMeasuredAt: sensor.last,
    lastStoredAt: sensor.lastStored,
    origins,
  };
}
