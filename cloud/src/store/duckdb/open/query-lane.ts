// Questions to the database, few at a time, so that files and the log are not kept waiting.
import type {
  DuckDBConnection,
  DuckDBInstance,
  DuckDBMaterializedResult,
  DuckDBValue,
} from '@duckdb/node-api';
import { WellheadError } from '@wellhead/protocol';

/**
 * Each running query occupies one of the four threads that Node also uses for files and for LevelDB, so only
 * two run at once.
 */
const running = 2;
/** Beyond this somebody asks faster than the store can answer, and hears it at once. */
const waitingMost = 256;

export type Query = (sql: string, values?: DuckDBValue[]) => Promise<DuckDBMaterializedResult>;

/** Runs questions on connections of their own, beside the one that writes. */
export class QueryLane {
  readonly #instance: DuckDBInstance;
  readonly #idle: DuckDBConnection[] = [];
  readonly #waiting: (() => void)[] = [];
  readonly #asked = new Set<Promise<unknown>>();
  #busy = 0;

  constructor(instance: DuckDBInstance) {
    this.#instance = instance;
  }

  /**
   * Gives `ask` a connection, waiting for one if need be.
   * @throws WellheadError STORE_QUERY, with what DuckDB said as the cause
   */
  run<T>(ask: (query: Query) => Promise<T>): Promise<T> {
    const asked = this.#ask(ask);
    this.#asked.add(asked);
    const done = () => this.#asked.delete(asked);
    asked.then(done, done);
    return asked;
  }

  /** Waits for all questions under way. The caller lets no new ones in. */
  async close(): Promise<void> {
    while (this.#asked.size > 0) await Promise.allSettled(this.#asked);
    for (const connection of this.#idle.splice(0)) connection.closeSync();
  }

  async #ask<T>(ask: (query: Query) => Promise<T>): Promise<T> {
    if (this.#busy < running) this.#busy++;
    else if (this.#waiting.length < waitingMost) await new Promise<void>((go) => this.#waiting.push(go));
    else throw new WellheadError('STORE_QUERY', `${waitingMost} questions are waiting already`);
    try {
      const connection = this.#idle.pop() ?? (await this.#instance.connect());
      try {
        return await ask((sql, values) => connection.run(sql, values));
      } finally {
        this.#idle.push(connection);
      }
    } catch (cause) {
      if (cause instanceof TypeError) throw cause;
      throw new WellheadError('STORE_QUERY', `the query failed: ${String(cause)}`, { cause });
    } finally {
      // The place goes straight to whoever waits longest; only without one does it become free.
      const next = this.#waiting.shift();
      if (next === undefined) this.#busy--;
      else next();
    }
  }
}
