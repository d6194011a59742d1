// All that one machine holds of its sensors, in one DuckDB file: one write at a time, questions beside it.
import { stat } from 'node:fs/promises';
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
import { type Sensor, sensorKey, summaryOf } from './open/state.ts';
import { findColumns } from './read/find-columns.ts';
import { type FindOptions, findReadings } from './read/find-readings.ts';
import { findWindows, readWindow } from './read/scan-readings.ts';
import type { Window } from './read/scan-windows.ts';
import { thinReadings } from './read/thin-readings.ts';
import { inMemory, openSession, type Session } from './session.ts';
import { writeBatches } from './write/write-batches.ts';

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

/**
 * Opens the store in one DuckDB file. Only one process can hold it open.
 * @throws WellheadError STORE_OPEN where DuckDB is not installed, or the file is in use, damaged or unreachable
 */
export async function openDuckdbStore(options: DuckdbStoreOptions): Promise<ReadingStore> {
  const { path, memoryLimit = '256MB', threads = 2, checkpointAt = '64MB' } = options;
  return new DuckdbStore(path, await openSession({ path, memoryLimit, threads, checkpointAt }));
}

class DuckdbStore implements ReadingStore {
  readonly #path: string;
  readonly #session: Session;

  constructor(path: string, session: Session) {
    this.#path = path;
    this.#session = session;
  }

  write(batches: readonly StoredBatch[]): Promise<WriteResult> {
    return this.#session.inTurn(({ database, state }) => writeBatches(database, state, batches));
  }

  readonly #beside: BesideConnections = {
    change: (work) => this.#session.inTransaction(({ writer }) => work(writer)),
    ask: async (work) => (await this.#session.settled()).lane.run(work),
  };
  readonly events: EventStore = createEventStore(this.#beside);
  readonly annotations: AnnotationStore = createAnnotationStore(this.#beside);

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
    const { database, lane, state } = await this.#session.settled();
    const sensor = state.sensors.get(sensorKey(asked.site, asked.sensor));
    if (sensor === undefined) return undefined;
    return lane.run((query) => find(sensor, asked, { duckdb: database.duckdb, query, state }));
  }

  async stats(): Promise<StoreStats> {
    let readings = 0;
    for (const sensor of this.#sensors()) readings += sensor.readings;
    if (this.#path === inMemory) return { readings, bytes: 0 };
    const sizes = [this.#path, `${this.#path}.wal`].map(fileSize);
    return { readings, bytes: (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) };
  }

  close(): Promise<void> {
    return this.#session.close();
  }

  #sensors(filter: SensorFilter = {}): Sensor[] {
    return [...this.#session.open.state.sensors.values()]
      .filter(({ site }) => filter.site === undefined || site === filter.site)
      .filter(({ name }) => filter.sensor === undefined || name === filter.sensor)
      .sort((a, b) => compare(a.site, b.site) || compare(a.name, b.name));
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
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
