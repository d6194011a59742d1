// All that many machines hold of their sensors, in one Elasticsearch cluster: any number may read it and write to it.
import type { Client } from '@elastic/elasticsearch';
import { WellheadError } from '@wellhead/protocol';
import type { AnnotationStore } from '../annotation-store.ts';
import type { EventStore } from '../event-store.ts';
import { mustBeLimit } from '../limit.ts';
import type { DroppedMonth, MonthDropper } from '../month-dropper.ts';
import { columnsOf } from '../reading-columns.ts';
import type {
  ColumnsPage,
  ColumnsQuery,
  ReadingPage,
  ReadingQuery,
  ReadingStore,
  ScanQuery,
  SensorFilter,
  SensorSummary,
  StoredBatch,
  StoredReading,
  StoreStats,
  WriteResult,
} from '../reading-store.ts';
import { type ReadingTable, tableOf } from '../reading-table.ts';
import { mustBeBuckets, type Thinned, type ThinQuery } from '../thin-query.ts';
import { addAnnotation, findAnnotations, withdrawAnnotation } from './annotation/annotation-index.ts';
import { findEvents, findFeedback, getEvent, judgeEvent, replaceEvents } from './event/event-index.ts';
import { type BulkLimits, BulkQueue, bulkLimits, type SendBulk } from './open/bulk-queue.ts';
import { type Cluster, sendBulk } from './open/cluster.ts';
import { indexNames } from './open/index-names.ts';
import { installTemplates } from './open/install-templates.ts';
import { type ClientSettings, openClient } from './open/open-client.ts';
import { Patience, type PatienceOptions, wordsOf } from './open/patience.ts';
import { findReadings } from './read/find-readings.ts';
import { thinReadings } from './read/thin-readings.ts';
import { listSeries, newestReadings, summariesOf } from './series/list-series.ts';
import { verifySummaries } from './series/rebuild-series.ts';
import { SeriesTable } from './series/series-table.ts';
import { dropMonths } from './write/drop-months.ts';
import { type WriteContext, writeReadings } from './write/write-readings.ts';

export interface ElasticsearchStoreOptions extends ClientSettings, PatienceOptions {
  /** Begins the names of all indices and templates. */
  readonly prefix?: string;
  readonly bulk?: Partial<BulkLimits>;
  /** How long to wait for Elasticsearch before giving up, when opening. */
  readonly openWithinMs?: number;
}

/** One less than Elasticsearch gives at once: `findReadings` asks for one more. */
const scanPage = 9_999;
const openWithinDefaultMs = 60_000;

export interface ElasticsearchStore extends ReadingStore, MonthDropper {}

/**
 * Opens the store in an Elasticsearch cluster (8.19 or later, or 9): monthly indices by the readings' own time.
 *
 * Differs from a store in one file in what a write may leave behind: when it rejects (the store closes, or the cluster
 * refuses for good), some of its readings may be stored already. The same write again makes that good. A write never
 * rejects because Elasticsearch is slow, overloaded or gone: it takes as long as that lasts.
 *
 * Several processes may write, each its own series at a time, and any number may read.
 * @throws WellheadError STORE_OPEN where the cluster refuses, or does not answer in time
 */
export async function openElasticsearchStore(
  options: ElasticsearchStoreOptions,
): Promise<ElasticsearchStore> {
  const client = await openClient(options);
  const names = indexNames(options.prefix ?? 'wellhead');
  try {
    const patience = new Patience(impatient(options));
    await patience.insist(() => installTemplates(client, names));
    const cluster = { client, names, patience };
    await verifySummaries(cluster, new SeriesTable(cluster));
  } catch (cause) {
    await client.close();
    if (cause instanceof WellheadError) throw cause;
    throw new WellheadError('STORE_OPEN', `Elasticsearch cannot be used: ${wordsOf(cause)}`, {
      cause,
      hint: 'Check the addresses under store.nodes, the login, and the rights of its role.',
    });
  }
  const patience = new Patience(options);
  const cluster = { client, names, patience };
  const limits = { ...bulkLimits, ...options.bulk };
  const send: SendBulk = (items) => sendBulk(client, items);
  const queue = new BulkQueue({ send, patience, limits });
  return new Store(client, {
    cluster,
    queue,
    table: new SeriesTable(cluster),
    droppedBefore: Number.NEGATIVE_INFINITY,
  });
}

/** Waits as the options say, but not for ever: whoever starts a program wants to hear that it cannot work. */
function impatient(options: ElasticsearchStoreOptions): PatienceOptions {
  let leftMs = options.openWithinMs ?? openWithinDefaultMs;
  let reason = '';
  return {
    ...options,
    onTrouble(trouble) {
      reason = trouble.reason;
      options.onTrouble(trouble);
    },
    wait(ms, signal) {
      leftMs -= ms;
      if (leftMs < 0) throw new Error(reason);
      return options.wait(ms, signal);
    },
  };
}

class Store implements ElasticsearchStore {
  readonly #client: Client;
  readonly #context: WriteContext;
  readonly #asked = new Set<Promise<unknown>>();
  #lastWrite: Promise<unknown> = Promise.resolve();
  #closed: Promise<void> | undefined;

  constructor(client: Client, context: WriteContext) {
    this.#client = client;
    this.#context = context;
  }

  get #cluster(): Cluster {
    return this.#context.cluster;
  }

  write(batches: readonly StoredBatch[]): Promise<WriteResult> {
    return this.#inTurn(() => writeReadings(this.#context, batches));
  }

  readonly events: EventStore = {
    replace: (spans, now) => this.#inTurn(() => replaceEvents(this.#cluster, spans, now)),
    judge: (feedback) => this.#inTurn(() => judgeEvent(this.#cluster, feedback)),
    find: async (asked) => {
      mustBeLimit(asked.limit);
      return this.#ask(() => findEvents(this.#cluster, asked));
    },
    get: (id) => this.#ask(() => getEvent(this.#cluster, id)),
    feedback: (of) => this.#ask(() => findFeedback(this.#cluster, of)),
  };

  readonly annotations: AnnotationStore = {
    add: (annotation) => this.#inTurn(() => addAnnotation(this.#cluster, annotation)),
    withdraw: (id, withdrawal) => this.#inTurn(() => withdrawAnnotation(this.#cluster, id, withdrawal)),
    find: async (asked) => {
      mustBeLimit(asked.limit);
      return this.#ask(() => findAnnotations(this.#cluster, asked));
    },
  };

  dropMonthsBefore(time: number): Promise<readonly DroppedMonth[]> {
    return this.#inTurn(() => {
      this.#context.droppedBefore = Math.max(this.#context.droppedBefore, time);
      return dropMonths(this.#cluster, this.#context.table, time);
    });
  }

  sensors(filter: SensorFilter = {}): Promise<readonly SensorSummary[]> {
    return this.#ask(async () => summariesOf(await listSeries(this.#cluster, filter)));
  }

  latest(filter: SensorFilter = {}): Promise<readonly StoredReading[]> {
    return this.#ask(async () => newestReadings(await listSeries(this.#cluster, filter)));
  }

  async readings(asked: ReadingQuery): Promise<ReadingPage> {
    mustBeLimit(asked.limit);
    return this.#ask(() => findReadings(this.#cluster, asked));
  }

  async columns(asked: ColumnsQuery): Promise<ColumnsPage> {
    const { readings, next } = await this.readings(asked);
    return { columns: columnsOf(readings, asked.properties), ...(next && { next }) };
  }

  async *scan(asked: ScanQuery): AsyncGenerator<ReadingTable> {
    const { properties } = asked;
    let page = await this.readings({ ...asked, limit: scanPage });
    for (;;) {
      if (page.readings.length > 0) yield tableOf(page.readings, properties);
      if (page.next === undefined) return;
      page = await this.readings({ ...asked, limit: scanPage, after: page.next });
    }
  }

  async thin(asked: ThinQuery): Promise<Thinned> {
    mustBeBuckets(asked.buckets);
    return this.#ask(() => thinReadings(this.#cluster, asked));
  }

  stats(): Promise<StoreStats> {
    return this.#ask(async () => {
      const { client, names } = this.#cluster;
      let readings = 0;
      for (const row of await listSeries(this.#cluster)) readings += row.readings;
      const { _all } = await client.indices.stats({
        index: [names.readings, `${names.series}*`],
        metric: 'store',
      });
      return { readings, bytes: _all.total?.store?.size_in_bytes ?? 0 };
    });
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    // A write that waits for Elasticsearch to come back could wait for ever; the log holds what it was to write.
    this.#cluster.patience.end();
    await this.#lastWrite;
    while (this.#asked.size > 0) await Promise.allSettled(this.#asked);
    await this.#client.close();
  }

  /** One change after another: each knows what the one before has done. */
  #inTurn<T>(change: () => Promise<T>): Promise<T> {
    if (this.#closed !== undefined) return Promise.reject(closedError('STORE_WRITE'));
    const done = this.#lastWrite.then(() => named('STORE_WRITE', 'the write failed', change));
    this.#lastWrite = done.catch(() => undefined);
    return done;
  }

  #ask<T>(question: () => Promise<T>): Promise<T> {
    if (this.#closed !== undefined) return Promise.reject(closedError('STORE_QUERY'));
    const asked = named('STORE_QUERY', 'the query failed', question);
    this.#asked.add(asked);
    const done = () => this.#asked.delete(asked);
    asked.then(done, done);
    return asked;
  }
}

async function named<T>(
  code: 'STORE_WRITE' | 'STORE_QUERY',
  what: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof TypeError && code === 'STORE_WRITE') throw cause;
    const hint =
      'Look at the state of the Elasticsearch cluster. The log keeps all readings until it works again.';
    throw new WellheadError(code, `${what}: ${wordsOf(cause)}`, { cause, hint });
  }
}

function closedError(code: 'STORE_WRITE' | 'STORE_QUERY'): WellheadError {
  return new WellheadError(code, 'the store is closed');
}
