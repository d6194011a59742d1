// All that one machine holds of its sensors, in one DuckDB file: one write at a time, questions beside it.
import { stat } from 'node:fs/promises';
import { WellheadError } from '@wellhead/protocol';
import type { AnnotationStore } from '../annotation-store.ts';
import type { EventStore } from '../event-store.ts';
import { mustBeLimit } from '../limit.ts';
import { emptyColumns } from '../reading-columns.ts';
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
import type { ReadingTable } from '../reading-table.ts';
import { mustBeBuckets, type Thinned, type ThinQuery } from '../thin-query.ts';
import { type BesideConnections, createAnnotationStore, createEventStore } from './beside-readings.ts';
import { type Database, type DatabaseOptions, openDatabase } from './open/database.ts';
import { loadState } from './open/load-state.ts';
import { type Query, QueryLane } from './open/query-lane.ts';
import { type Sensor, type StoreState, sensorKey, summaryOf } from './open/state.ts';
import { findColumns } from './read/find-columns.ts';
import { type FindOptions, findReadings } from './read/find-readings.ts';
import { findWindows, readWindow } from './read/scan-readings.ts';
import type { Window } from './read/scan-windows.ts';
import { thinReadings } from './read/thin-readings.ts';
import { CommitFailed, commit, writeBatches } from './write/write-batches.ts';

export interface DuckdbStoreOptions {
  /** A file, made where there is none; or `:memory:`. */
  readonly path: string;
  /** How much memory DuckDB may take for its own buffers, as it writes sizes. */
  readonly memoryLimit?: string;
  /** How many threads DuckDB may use, this program's own beside. */
  readonly threads?: number;
  /**
   * How far the write-ahead log may grow before a commit folds it into the file. DuckDB's own 16 MB rewrites the
   * last, unfilled row group for nearly every write; much more makes opening after a kill slow.
   */
  readonly checkpointAt?: string;
}

const inMemory = ':memory:';

/**
 * Opens the store in one DuckDB file. Only one process can hold it open.
 * @throws WellheadError STORE_OPEN where DuckDB is not installed, or the file is in use, damaged or unreachable
 */
export async function openDuckdbStore(options: DuckdbStoreOptions): Promise<ReadingStore> {
  const { path, memoryLimit = '256MB', threads = 2, checkpointAt = '64MB' } = options;
  const databaseOptions = { path, memoryLimit, threads, checkpointAt };
  return new DuckdbStore(databaseOptions, await openAll(databaseOptions));
}

interface Open {
  readonly database: Database;
  readonly lane: QueryLane;
  readonly state: StoreState;
}

async function openAll(options: DatabaseOptions): Promise<Open> {
  const database = await openDatabase(options);
  try {
    return { database, lane: new QueryLane(database.instance), state: await loadState(database) };
  } catch (error) {
    closeDatabase(database);
    throw error;
  }
}

function closeDatabase({ writer, instance }: Database): void {
  writer.closeSync();
  instance.closeSync();
}

class DuckdbStore implements ReadingStore {
  readonly #options: DatabaseOptions;
  #open: Open;
  /** Why memory and file may differ, after a failure that a rollback did not undo. */
  #doubt: unknown;
  /** Questions wait for it, so that none meets a database that is being changed for another. */
  #reopened: Promise<void> = Promise.resolve();
  #lastWrite: Promise<unknown> = Promise.resolve();
  #closed: Promise<void> | undefined;

  constructor(options: DatabaseOptions, open: Open) {
    this.#options = options;
    this.#open = open;
  }

  write(batches: readonly StoredBatch[]): Promise<WriteResult> {
    return this.#inTurn(({ database, state }) => writeBatches(database, state, batches));
  }

  readonly #beside: BesideConnections = {
    change: (work) => this.#inTransaction(({ writer }) => work(writer)),
    ask: (work) => this.#ask(work),
  };
  readonly events: EventStore = createEventStore(this.#beside);
  readonly annotations: AnnotationStore = createAnnotationStore(this.#beside);

  /** One change after another: there is one connection that writes. */
  #inTurn<T>(change: (open: Open) => Promise<T>): Promise<T> {
    if (this.#closed !== undefined) return Promise.reject(closedError('STORE_WRITE'));
    const done = this.#lastWrite.then(() => this.#change(change));
    this.#lastWrite = done.catch(() => undefined);
    return done;
  }

  #inTransaction<T>(change: (database: Database) => Promise<T>): Promise<T> {
    return this.#inTurn(async ({ database }) => {
      await database.writer.run('BEGIN');
      const result = await change(database);
      await commit(database);
      return result;
    });
  }

  async #ask<T>(ask: (query: Query) => Promise<T>): Promise<T> {
    await this.#reopened;
    this.#mustBeOpen();
    return this.#open.lane.run(ask);
  }

  async #change<T>(change: (open: Open) => Promise<T>): Promise<T> {
    if (this.#doubt !== undefined) await this.#reopen();
    try {
      return await change(this.#open);
    } catch (cause) {
      await this.#rollBack(cause);
      if (cause instanceof TypeError) throw cause;
      throw new WellheadError('STORE_WRITE', `the write failed: ${words(cause)}`, { cause });
    }
  }

  async #rollBack(cause: unknown): Promise<void> {
    const { writer } = this.#open.database;
    try {
      // Where nothing was begun yet, or where DuckDB rolled back by itself, there is nothing to roll back.
      await writer.run('BEGIN').catch(() => undefined);
      await writer.run('ROLLBACK');
    } catch (error) {
      // A database that met a fatal error refuses everything until it is opened anew.
      this.#doubt = error;
    }
    // Only the file knows whether a commit that failed has happened.
    if (cause instanceof CommitFailed) this.#doubt = cause;
    if (this.#options.path === inMemory) this.#doubt = undefined;
  }

  /** Starts again from what the file holds. */
  async #reopen(): Promise<void> {
    const reopened = (async () => {
      await this.#open.lane.close();
      closeDatabase(this.#open.database);
      this.#open = await openAll(this.#options);
      this.#doubt = undefined;
    })();
    this.#reopened = reopened.catch(() => undefined);
    await reopened;
  }

  async sensors(filter: SensorFilter = {}): Promise<readonly SensorSummary[]> {
    return this.#sensors(filter).map(summaryOf);
  }

  async latest(filter: SensorFilter = {}): Promise<readonly StoredReading[]> {
    return this.#sensors(filter).flatMap(({ latest }) => (latest === undefined ? [] : [latest.reading]));
  }

  async readings(asked: ReadingQuery): Promise<ReadingPage> {
    mustBeLimit(asked.limit);
    return (await this.#ofSensor(asked, findReadings)) ?? { readings: [] };
  }

  async columns(asked: ColumnsQuery): Promise<ColumnsPage> {
    mustBeLimit(asked.limit);
    const found = await this.#ofSensor(asked, findColumns);
    return found ?? { columns: emptyColumns(0, asked.properties.length) };
  }

  async thin(asked: ThinQuery): Promise<Thinned> {
    mustBeBuckets(asked.buckets);
    return (await this.#ofSensor(asked, thinReadings)) ?? { bucketMs: 1, buckets: [], untimely: 0 };
  }

  async *scan(asked: ScanQuery): AsyncGenerator<ReadingTable> {
    const windows = (await this.#ofSensor(asked, findWindows)) ?? [];
    const read = (window: Window | undefined) =>
      window === undefined ? undefined : this.#ofSensor({ ...asked, ...window }, readWindow);
    let current = read(windows[0]);
    for (let i = 0; current !== undefined; i++) {
      const tables = await current;
      // The database works on the next window while this one is handed on.
      current = read(windows[i + 1]);
      // Whoever stops early will not wait for it.
      current?.catch(() => undefined);
      yield* tables ?? [];
    }
  }

  async #ofSensor<Asked extends { readonly site: string; readonly sensor: string }, Page>(
    asked: Asked,
    find: (sensor: Sensor, asked: Asked, options: FindOptions) => Promise<Page>,
  ): Promise<Page | undefined> {
    await this.#reopened;
    this.#mustBeOpen();
    const { database, lane, state } = this.#open;
    const sensor = state.sensors.get(sensorKey(asked.site, asked.sensor));
    if (sensor === undefined) return undefined;
    return lane.run((query) => find(sensor, asked, { duckdb: database.duckdb, query, state }));
  }

  async stats(): Promise<StoreStats> {
    let readings = 0;
    for (const sensor of this.#sensors()) readings += sensor.readings;
    if (this.#options.path === inMemory) return { readings, bytes: 0 };
    const sizes = [this.#options.path, `${this.#options.path}.wal`].map(fileSize);
    return { readings, bytes: (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) };
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    await this.#lastWrite;
    const { database, lane } = this.#open;
    await lane.close();
    try {
      // Without it the next start would have to read the write-ahead log first.
      if (this.#doubt === undefined) await database.writer.run('CHECKPOINT');
    } finally {
      closeDatabase(database);
    }
  }

  #sensors(filter: SensorFilter = {}): Sensor[] {
    this.#mustBeOpen();
    return [...this.#open.state.sensors.values()]
      .filter(({ site }) => filter.site === undefined || site === filter.site)
      .filter(({ name }) => filter.sensor === undefined || name === filter.sensor)
      .sort((a, b) => compare(a.site, b.site) || compare(a.name, b.name));
  }

  #mustBeOpen(): void {
    if (this.#closed !== undefined) throw closedError('STORE_QUERY');
  }
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function closedError(code: 'STORE_WRITE' | 'STORE_QUERY'): WellheadError {
  return new WellheadError(code, 'the store is closed');
}

async function fileSize(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    // The write-ahead log is gone after a checkpoint.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}
