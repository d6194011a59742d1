// The open database of a store: one change at a time, questions beside it, opened anew when a failure leaves doubt.
import { WellheadError } from '@wellhead/protocol';
import { type Database, type DatabaseOptions, openDatabase } from './open/database.ts';
import { loadState } from './open/load-state.ts';
import { QueryLane } from './open/query-lane.ts';
import type { StoreState } from './open/state.ts';
import { CommitFailed, commit } from './write/write-batches.ts';

export const inMemory = ':memory:';

export interface Open {
  readonly database: Database;
  readonly lane: QueryLane;
  readonly state: StoreState;
}

/** @throws WellheadError STORE_OPEN */
export async function openSession(options: DatabaseOptions): Promise<Session> {
  return new Session(options, await openAll(options));
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

export class Session {
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

  /**
   * What is open now.
   * @throws WellheadError STORE_QUERY when it is closed
   */
  get open(): Open {
    if (this.#closed !== undefined) throw closedError('STORE_QUERY');
    return this.#open;
  }

  /** The same, for questions to the database: not while it is being opened anew. */
  async settled(): Promise<Open> {
    await this.#reopened;
    return this.open;
  }

  /** One change after another: there is one connection that writes. */
  inTurn<T>(change: (open: Open) => Promise<T>): Promise<T> {
    if (this.#closed !== undefined) return Promise.reject(closedError('STORE_WRITE'));
    const done = this.#lastWrite.then(() => this.#change(change));
    this.#lastWrite = done.catch(() => undefined);
    return done;
  }

  inTransaction<T>(change: (database: Database) => Promise<T>): Promise<T> {
    return this.inTurn(async ({ database }) => {
      await database.writer.run('BEGIN');
      const result = await change(database);
      await commit(database);
      return result;
    });
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

  /** Waits for what is under way; may be called twice. */
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
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function closedError(code: 'STORE_WRITE' | 'STORE_QUERY'): WellheadError {
  return new WellheadError(code, 'the store is closed');
}
