// LevelDB takes no more writes after one failed (a full disk, a bad sector). It must be opened again, and by then
// whether the failed write reached the disk is unknown. Journal and log both stand on this.
import { Level } from 'level';
import type { KeyRange, KeyValueDb, Operation, ReadOptions, Snapshot, WriteOptions } from './key-value.ts';

/** LevelDB in a folder, made if it is not there. */
export function openLevel(path: string): KeyValueDb {
  return new ReopeningDb(
    new Level<string, Uint8Array>(path, { valueEncoding: 'view' }) as unknown as KeyValueDb,
  );
}

/** Writes one after the other, and opens the database again after a write that failed. Reads pass through. */
export class ReopeningDb implements KeyValueDb {
  onReopened: (db: KeyValueDb) => Promise<void> = () => Promise.resolve();
  readonly #db: KeyValueDb;
  #tail: Promise<void> = Promise.resolve();
  #broken = false;
  #closed = false;

  constructor(db: KeyValueDb) {
    this.#db = db;
  }

  open(): Promise<void> {
    this.#closed = false;
    return this.#db.open();
  }

  /** Waits for the writes before it. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#tail;
    await this.#db.close();
  }

  get(key: string, options: ReadOptions = {}): Promise<Uint8Array | undefined> {
    return this.#db.get(key, options);
  }

  put(key: string, value: Uint8Array, options: WriteOptions = {}): Promise<void> {
    return this.batch([{ type: 'put', key, value }], options);
  }

  batch(operations: Operation[], options: WriteOptions = {}): Promise<void> {
    return this.batchInTurn(() => operations, options);
  }

  batchInTurn(make: () => Operation[], options: WriteOptions = {}): Promise<void> {
    return this.#inTurn(async () => {
      await this.#mend();
      try {
        await this.#db.batch(make(), options);
      } catch (error) {
        this.#broken = true;
        throw error;
      }
    });
  }

  iterator(range: KeyRange & ReadOptions): ReturnType<KeyValueDb['iterator']> {
    return this.#db.iterator(range);
  }

  keys(range: KeyRange & ReadOptions): ReturnType<KeyValueDb['keys']> {
    return this.#db.keys(range);
  }

  values(range: KeyRange & ReadOptions): ReturnType<KeyValueDb['values']> {
    return this.#db.values(range);
  }

  /** Of the database as it is open now: opened again, it knows the snapshot no more, and reads on it fail. */
  snapshot(): Snapshot {
    return this.#db.snapshot();
  }

  compactRange(start: string, end: string): Promise<void> {
    return this.#inTurn(async () => {
      if (!this.#broken) await this.#db.compactRange?.(start, end);
    });
  }

  ready(): Promise<void> {
    return this.#inTurn(() => this.#mend());
  }

  async #mend(): Promise<void> {
    if (!this.#broken || this.#closed) return;
    await this.#db.close();
    await this.#db.open();
    await this.onReopened(this.#db);
    this.#broken = false;
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const mine = this.#tail.then(work);
    // Whoever waits for its turn does not mind how the one before fared.
    this.#tail = mine.catch(() => undefined);
    return mine;
  }
}
