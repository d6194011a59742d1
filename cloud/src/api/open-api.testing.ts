// A real API over a real store in memory, for tests.
import {
  type Block,
  blockOf,
  type Flag,
  type Row,
  type SensorType,
  type Site,
  type Value,
} from '@wellhead/protocol';
import { MemoryLevel } from 'memory-level';
import type { AccessParts } from '../access/open-access.ts';
import { ReanalysisJobs } from '../analysis/history/reanalysis-jobs.ts';
import { createIntake } from '../bridge/intake.ts';
import { type DeadLetters, openDeadLetters } from '../dead-letter/dead-letters.ts';
import { Gateways } from '../fleet/gateways.ts';
import { Requests } from '../fleet/requests.ts';
import { openCloudMeters } from '../health/meters.ts';
import { openLevelLog } from '../log/level/level-log.ts';
import type { ReadingLog } from '../log/reading-log.ts';
import { openDuckdbStore } from '../store/duckdb/duckdb-store.ts';
import type { ReadingStore, StoredBatch } from '../store/reading-store.ts';
import type { Api } from './http/api.ts';
import { LiveFeed } from './live/live-feed.ts';
import { openApi } from './server.ts';

export interface TestApi extends Api {
  readonly url: string;
  readonly store: ReadingStore;
  readonly live: LiveFeed;
  readonly gateways: Gateways;
  readonly deadLetters: DeadLetters;
  /** What the API appends to. */
  readonly log: ReadingLog;
  readonly meters: ReturnType<typeof openCloudMeters>;
  readonly errors: Error[];
  /** What goes to gateways. */
  readonly published: readonly { readonly topic: string; readonly payload: string }[];
  /** Writes to the store, then tells the live feed, as the indexer does. */
  take(batch: StoredBatch): Promise<void>;
}

export interface TestApiOptions {
  readonly requestTimeoutMs?: number;
  readonly now?: () => number;
  readonly types?: ReadonlyMap<string, SensorType>;
  readonly sites?: ReadonlyMap<string, Site>;
  readonly port?: number;
  /** Closed with the API; left out: a new one in memory. */
  readonly store?: ReadingStore;
  /** Like a process without the role: no way into the log. */
  readonly hasBridge?: boolean;
  /** Like a process without the role: nothing that reanalyses history. */
  readonly hasAnalysis?: boolean;
  readonly licence?: string;
  readonly access?: AccessParts;
  readonly onRoute?: (method: string, path: string) => void;
  readonly wrapStore?: (store: ReadingStore) => ReadingStore;
}

export async function openTestApi(options: TestApiOptions = {}): Promise<TestApi> {
  const store = options.store ?? (await openDuckdbStore({ path: ':memory:' }));
  const live = new LiveFeed();
  const meters = openCloudMeters();
  const db = new MemoryLevel<string, Uint8Array>({ valueEncoding: 'view' });
  const gateways = await Gateways.open(db, () => undefined);
  const now = options.now ?? Date.now;
  const deadLetters = await openDeadLetters({ db, limit: 1_000, now, count: meters.add });
  const logDb = new MemoryLevel<string, Uint8Array>({ valueEncoding: 'view' });
  const log = await openLevelLog({ db: logDb, now, defer: setImmediate });
  const published: { topic: string; payload: string }[] = [];
  const publish = (topic: string, payload: string) => void published.push({ topic, payload });
  const intake = createIntake({ log, gateways, now, count: meters.add, publish });
  const errors: Error[] = [];
  const types = options.types ?? new Map();
  const sites = options.sites ?? new Map();
  const history = new ReanalysisJobs({
    store,
    types,
    sites,
    now,
    count: meters.add,
    settings: { alarmsPerYear: 2, detectors: 100 },
    onTrouble: (message, facts) => errors.push(new Error(message, { cause: facts })),
  });
  const api = await openApi({
    host: '127.0.0.1',
    port: options.port ?? 0,
    version: '0.0.0',
    licence: options.licence,
    store: options.wrapStore?.(store) ?? store,
    gateways,
    types,
    sites,
    live,
    meters,
    now,
    deadLetters,
    maxReadingsBytes: 512_000,
    ...(options.hasAnalysis !== false && { history }),
    ...(options.hasBridge !== false && { intake, requests: new Requests({ publish, now }) }),
    health: () => ({ deadLetters: 0 }),
    onError: (error) => errors.push(error),
    ...(options.access && { access: options.access }),
    ...(options.requestTimeoutMs && { requestTimeoutMs: options.requestTimeoutMs }),
    ...(options.onRoute && { onRoute: options.onRoute }),
  });
  return {
    port: api.port,
    url: `http://127.0.0.1:${api.port}`,
    store,
    live,
    gateways,
    deadLetters,
    log,
    meters,
    errors,
    published,
    async take(batch) {
      await store.write([batch]);
      live.stored([batch]);
    },
    async close() {
      await api.close();
      await history.close();
      await log.close();
      await store.close();
    },
  };
}

export interface TestReading {
  readonly seq: number;
  readonly measuredAt: number;
  readonly values: readonly (Value | undefined)[];
  readonly flags?: readonly Flag[];
  readonly causes?: readonly number[];
}

/** A batch of one block: every value good unless the reading says otherwise. */
export function batchOf(
  head: {
    readonly site?: string;
    readonly sensor?: string;
    readonly type?: string;
    readonly properties: readonly string[];
  },
  readings: readonly TestReading[],
  storedAt = Date.UTC(2024, 5, 1),
): StoredBatch {
  const { site = 'lancashire', sensor = 'emb3', type = 'groundwater', properties } = head;
  return {
    site,
    gateway: 'gw1',
    origin: 'journal-one',
    lane: 'live',
    storedAt,
    blocks: [blockOfReadings({ sensor, type, rules: 'groundwater@1', properties }, readings)],
    seqIsTime: false,
  };
}

function blockOfReadings(head: Parameters<typeof blockOf>[0], readings: readonly TestReading[]): Block {
  const rows = readings.map(
    ({ seq, measuredAt, values, flags, causes }): Row => ({
      seq,
      revision: 0,
      measuredAt,
      receivedAt: measuredAt + 500,
      clock: 1,
      timeFlag: 1,
      timeCause: 0,
      values: [...values],
      flags: head.properties.map((_, p) => flags?.[p] ?? (values[p] === null ? 9 : 1)),
      causes: head.properties.map((_, p) => causes?.[p] ?? 0),
    }),
  );
  return blockOf(head, rows);
}
