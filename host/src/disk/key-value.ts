// What journal and log ask of the database they stand on: LevelDB on a disk, or one in memory for tests.

export type Operation =
  | { readonly type: 'put'; readonly key: string; readonly value: Uint8Array }
  | { readonly type: 'del'; readonly key: string };

export interface KeyRange {
  readonly gt?: string;
  readonly gte?: string;
  readonly lt?: string;
  readonly lte?: string;
  readonly reverse?: boolean;
  readonly limit?: number;
}

/** The database as it was at one moment, until it is closed. */
export interface Snapshot {
  close(): Promise<void>;
}

export interface ReadOptions {
  readonly snapshot?: Snapshot;
}

export interface WriteOptions {
  /** Resolve only when it is synced to the disk. */
  readonly sync?: boolean;
}

/** What can be asked of the database. One question sees one moment; two questions may see two. */
export interface KeyValueView {
  get(key: string): Promise<Uint8Array | undefined>;
  iterator(range: KeyRange): AsyncIterable<[string, Uint8Array]> & {
    all(): Promise<[string, Uint8Array][]>;
    close(): Promise<void>;
  };
  keys(range: KeyRange): { all(): Promise<string[]> };
  values(range: KeyRange): { all(): Promise<Uint8Array[]> };
}

/** An ordered key-value database with atomic batches: what `level` and `memory-level` give. */
export interface KeyValueDb extends KeyValueView {
  open(): Promise<void>;
  close(): Promise<void>;
  get(key: string, options?: ReadOptions): Promise<Uint8Array | undefined>;
  put(key: string, value: Uint8Array, options?: WriteOptions): Promise<void>;
  batch(operations: Operation[], options?: WriteOptions): Promise<void>;
  iterator(range: KeyRange & ReadOptions): ReturnType<KeyValueView['iterator']>;
  keys(range: KeyRange & ReadOptions): ReturnType<KeyValueView['keys']>;
  values(range: KeyRange & ReadOptions): ReturnType<KeyValueView['values']>;
  /** Holds this moment for reads that name it. Whoever takes one closes it: `readAtOnce` does. */
  snapshot(): Snapshot;
  /**
   * As `batch`, but made when its turn has come and the database was opened again, should that have been needed:
   * what is stored may be more by then than was known at the call. `writeInTurn` asks for it.
   */
  batchInTurn?(make: () => Operation[], options?: WriteOptions): Promise<void>;
  /** Gives the room of removed entries back to the disk. */
  compactRange?(start: string, end: string): Promise<void>;
  /**
   * Resolves when writes can be tried: opens the database again if a write failed since. Whoever computes a write
   * from what is stored asks this first.
   */
  ready?(): Promise<void>;
  /**
   * Called after the database was opened again, before the next write, with the database itself: what is stored
   * may be more than was known.
   */
  onReopened?: (db: KeyValueDb) => Promise<void>;
}

/** Several questions that see one and the same moment, whatever is written between them. */
export async function readAtOnce<T>(db: KeyValueDb, read: (view: KeyValueView) => Promise<T>): Promise<T> {
  const snapshot = db.snapshot();
  try {
    return await read({
      get: (key) => db.get(key, { snapshot }),
      iterator: (range) => db.iterator({ ...range, snapshot }),
      keys: (range) => db.keys({ ...range, snapshot }),
      values: (range) => db.values({ ...range, snapshot }),
    });
  } finally {
    await snapshot.close();
  }
}

/** Writes what is so when the write has its turn. */
export function writeInTurn(db: KeyValueDb, make: () => Operation[]): Promise<void> {
  return db.batchInTurn?.(make) ?? db.batch(make());
}
