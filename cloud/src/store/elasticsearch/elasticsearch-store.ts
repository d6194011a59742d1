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
import { RetryPolicy, type RetryPolicyOptions, wordsOf } from './open/retry-policy.ts';
import { Turns } from './open/turns.ts';
import { withFewRetries } from './open/with-few-retries.ts';
import { findReadings } from './read/find-readings.ts';
import { thinReadings } from './read/thin-readings.ts';
import { listSeries, newestReadings, summariesOf } from './series/list-series.ts';
import { verifySummaries } from './series/rebuild-series.ts';
import { SeriesTable } from './series/series-table.ts';
import { dropMonths } from './write/drop-months.ts';
import { type WriteContext, writeReadings } from './write/write-readings.ts';

export interface ElasticsearchStoreOptions extends ClientSettings, RetryPolicyOptions {
  /** Begins the names of all indices and templates. */
  readonly prefix?: string;
  readonly bulk?: Partial<BulkLimits>;
  /** How long to wait for Elasticsearch before giving up, when opening. */
  readonly openWithinMs?: number;
}

/** One less than Elasticsearch gives at once: `findReadings` asks for one more. */
const scanPage = 9_999;

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
    const retryPolicy = new RetryPolicy(withFewRetries(options));
    await retryPolicy.insist(() => installTemplates(client, names));
    const cluster = { client, names, retryPolicy };
    await verifySummaries(cluster, new SeriesTable(cluster));
  } catch (cause) {
    await client.close();
    if (cause instanceof WellheadError) throw cause;
    throw new WellheadError('STORE_OPEN', `Elasticsearch cannot be used: ${wordsOf(cause)}`, {
      cause,
      hint: 'Check the addresses under store.nodes, the login, and the rights of its role.',
    });
  }
  const retryPolicy = new RetryPolicy(options);
  const cluster = { client, names, retryPolicy };
  const limits = { ...bulkLimits, ...options.bulk };
  const send: SendBulk = (items) => sendBulk(client, items);
  const queue = new BulkQueue({ send, retryPolicy, limits });
  return new Store(client, {
    cluster,
    queue,
    table: new SeriesTable(cluster),
    droppedBefore: Number.NEGATIVE_INFINITY,
  });
}

class Store implements ElasticsearchStore {
  readonly #client: Client;
  readonly #context: WriteContext;
  readonly #turns = new Turns();
  #closed: Promise<void> | undefined;

  constructor(client: Client, context: WriteContext) {
    this.#client = client;
    this.#context = context;
  }

  get #cluster(): Cluster {
    return this.#context.cluster;
  }

  write(batches: readonly StoredBatch[]): Promise<WriteResult> {
    return this.#turns.change(() => writeReadings(this.#context, batches));
  }

  readonly events: EventStore = {
    replace: (spans, now) => this.#turns.change(() => replaceEvents(this.#cluster, spans, now)),
    judge: (feedback) => this.#turns.change(() => judgeEvent(this.#cluster, feedback)),
    find: async (asked) => {
      mustBeLimit(asked.limit);
      return this.#turns.ask(() => findEvents(this.#cluster, asked));
    },
    get: (id) => this.#turns.ask(() => getEvent(this.#cluster, id)),
    feedback: (of) => this.#turns.ask(() => findFeedback(this.#cluster, of)),
  };

  readonly annotations: AnnotationStore = {
    add: (annotation) => this.#turns.change(() => addAnnotation(this.#cluster, annotation)),
    withdraw: (id, withdrawal) => this.#turns.change(() => withdrawAnnotation(this.#cluster, id, withdrawal)),
    find: async (asked) => {
      mustBeLimit(asked.limit);
      return this.#turns.ask(() => findAnnotations(this.#cluster, asked));
    },
  };

  dropMonthsBefore(time: number): Promise<readonly DroppedMonth[]> {
    return this.#turns.change(() => {
      this.#context.droppedBefore = Math.max(this.#context.droppedBefore, time);
      return dropMonths(this.#cluster, this.#context.table, time);
    });
  }

  sensors(filter: SensorFilter = {}): Promise<readonly SensorSummary[]> {
    return this.#turns.ask(async () => summariesOf(await listSeries(this.#cluster, filter)));
  }

  latest(filter: SensorFilter = {}): Promise<readonly StoredReading[]> {
    return this.#turns.ask(async () => newestReadings(await listSeries(this.#cluster, filter)));
  }

  async readings(asked: ReadingQuery): Promise<ReadingPage> {
    mustBeLimit(asked.limit);
    return this.#turns.ask(() => findReadings(this.#cluster, asked));
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
    return this.#turns.ask(() => thinReadings(this.#cluster, asked));
  }

  stats(): Promise<StoreStats> {
    return this.#turns.ask(async () => {
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
    this.#turns.close();
    // A write that waits for Elasticsearch to come back could wait for ever; the log holds what it was to write.
    this.#cluster.retryPolicy.end();
    await this.#turns.ended();
    await this.#client.close();
  }
}
