// PORT: holds all readings once, whatever is sent again, for those who ask.
import type { Range } from '@wellhead/protocol';
import type { StoredBatch } from '../log/decode-entry.ts';
import type { AnnotationStore } from './annotation-store.ts';
import type { EventStore } from './event-store.ts';
import type { ReadingColumns } from './reading-columns.ts';
import type { ReadingTable } from './reading-table.ts';
import type { AsOf, StoredReading } from './stored-reading.ts';
import type { Thinned, ThinQuery } from './thin-query.ts';

export type { StoredBatch } from '../log/decode-entry.ts';
export type { AsOf, StoredReading } from './stored-reading.ts';

export interface WriteResult {
  /** Readings that were new. */
  readonly written: number;
  /** Readings held already with the same or a higher revision: no-ops. */
  readonly repeated: number;
  /** Readings that replaced one with a lower revision. */
  readonly revised: number;
  /** Readings that this store will never take, whoever sends them how often; left out where there are none. */
  readonly rejected?: readonly RejectedReading[];
}

/** A reading that must not hold up the others: for the dead letters. */
export interface RejectedReading {
  /** The reading as a batch of its own. */
  readonly batch: StoredBatch;
  readonly reason: string;
}

export interface SensorSummary {
  readonly site: string;
  readonly sensor: string;
  readonly gateway: string;
  readonly type: string;
  readonly properties: readonly string[];
  readonly readings: number;
  readonly firstMeasuredAt: number;
  readonly lastMeasuredAt: number;
  readonly lastStoredAt: number;
  /** Per origin, what of 1 … highest seq is held, and what is missing below the highest (first 100 ranges). */
  readonly origins: readonly {
    readonly origin: string;
    readonly highest: number;
    readonly missing: readonly Range[];
  }[];
}

export interface SensorFilter {
  readonly site?: string;
  readonly sensor?: string;
}

export interface ReadingQuery {
  readonly site: string;
  readonly sensor: string;
  /** Half-open: from ≤ measuredAt < to; either may be left out. */
  readonly from?: number;
  readonly to?: number;
  readonly asOf?: AsOf;
  /** Left out: all properties of the sensor. */
  readonly properties?: readonly string[];
  readonly limit: number;
  /** Where the page before ended. */
  readonly after?: ReadingCursor;
}

/** Readings are in the order of measuredAt, then origin, then seq; this is a place in that order. */
export interface ReadingCursor {
  readonly measuredAt: number;
  readonly origin: string;
  readonly seq: number;
}

export interface ReadingPage {
  readonly readings: readonly StoredReading[];
  /** Present exactly when more readings follow. */
  readonly next?: ReadingCursor;
}

/** The same question for numbers, of properties that are named. */
export interface ColumnsQuery extends ReadingQuery {
  readonly properties: readonly string[];
}

export interface ColumnsPage {
  /** Readings whose time is known to be wrong (4) are left out, though they count for the limit. */
  readonly columns: ReadingColumns;
  /** Present exactly when more readings follow. */
  readonly next?: ReadingCursor;
}

/** All readings of a range; either end may be left out. */
export interface ScanQuery {
  readonly site: string;
  readonly sensor: string;
  readonly from?: number;
  readonly to?: number;
  readonly asOf?: AsOf;
  readonly properties: readonly string[];
}

export interface StoreStats {
  readonly readings: number;
  readonly bytes: number;
}

/**
 * Holds readings for those who ask. Fed by one indexer, in the order of the log.
 *
 * Promises: a key (origin, sensor, seq) is held once, whatever is written again; a higher revision replaces
 * a lower one, never the other way; a write that fails leaves nothing of itself behind; what a resolved
 * write said is there for the next query and after a kill (of the process; the log covers the power cut).
 */
export interface ReadingStore {
  write(batches: readonly StoredBatch[]): Promise<WriteResult>;
  /** Sensors that have readings, by site and name: all, or one site's, or one. */
  sensors(filter?: SensorFilter): Promise<readonly SensorSummary[]>;
  /** The newest reading (by measuredAt) of each sensor, or of one site's or one sensor. */
  latest(filter?: SensorFilter): Promise<readonly StoredReading[]>;
  readings(query: ReadingQuery): Promise<ReadingPage>;
  /** The same page as numbers, in whole milliseconds: for those who compute with very many. */
  columns(query: ColumnsQuery): Promise<ColumnsPage>;
  /** Lowest and highest values by stretches of time, counted in the store: for those who draw. */
  thin(query: ThinQuery): Promise<Thinned>;
  /**
   * Whole readings of a range, however long, in the order of `readings` and some thousand at a time, so that memory
   * stays flat; whoever stops early just stops. What is stored or corrected meanwhile may be in it or not.
   */
  scan(query: ScanQuery): AsyncIterable<ReadingTable>;
  stats(): Promise<StoreStats>;
  /** What an analysis of these readings has found. */
  readonly events: EventStore;
  /** What people wrote beside them. */
  readonly annotations: AnnotationStore;
  /** Waits for what is under way; may be called twice. */
  close(): Promise<void>;
}
