// The log in LevelDB, for one process: group commit, a consumer's place beside the entries.
import { type GroupCommit, groupCommit, WellheadError } from '@wellhead/protocol';
import type { AbstractLevel } from 'abstract-level';
import type { ConsumeOptions, Consumption, LogEntry, ReadingLog } from './reading-log.ts';

export type LogDb = AbstractLevel<string | Buffer | Uint8Array, string, Uint8Array>;

export interface LevelLogOptions {
  readonly db: LogDb;
  readonly now: () => number;
  readonly defer: (run: () => void) => void;
}

const offsetDigits = 16;
const storedAtBytes = 8;
const maxGroup = 1_000;
const maxPending = 10_000;
const retryMs = 1_000;

function entryKey(offset: number): string {
  return `o!${String(offset).padStart(offsetDigits, '0')}`;
}

function offsetOf(key: string): number {
  return Number(key.slice(2));
}

function positionKey(consumer: string): string {
  return `c!${consumer}`;
}

/** @throws WellheadError LOG_OPEN */
export async function openLevelLog(options: LevelLogOptions): Promise<LevelLog> {
  try {
    await options.db.open();
    return new LevelLog(options, await readNext(options.db));
  } catch (cause) {
    throw new WellheadError('LOG_OPEN', 'the log cannot be opened', { cause });
  }
}

async function readNext(db: LogDb): Promise<number> {
  const [last] = await db.keys({ gte: 'o!', lt: 'o"', reverse: true, limit: 1 }).all();
  // All entries may have been removed for room: no consumer's place lies beyond the next offset.
  let next = last === undefined ? 1 : offsetOf(last) + 1;
  for await (const [, value] of db.iterator({ gte: 'c!', lt: 'c"' })) {
    next = Math.max(next, Number(Buffer.from(value).toString()));
  }
  return next;
}

export class LevelLog implements ReadingLog {
  readonly db: LogDb;
  readonly #now: () => number;
  readonly #commits: GroupCommit<Uint8Array>;
  readonly #consumers = new Map<string, { position: number; wake: () => void }>();
  #next: number;
  #broken = false;
  #closed = false;

  constructor({ db, now, defer }: LevelLogOptions, next: number) {
    this.db = db;
    this.#now = now;
    this.#next = next;
    this.#commits = groupCommit({
      commit: (group) => this.#commit(group),
      maxGroup,
      maxPending,
      defer,
      full: () => new WellheadError('LOG_WRITE', `${maxPending} batches wait for the disk already`),
    });
  }

  get next(): number {
    return this.#next;
  }

  append(batch: Uint8Array): Promise<void> {
    return this.#commits.add(batch);
  }

  async consume(
    consumer: string,
    handle: (entries: readonly LogEntry[]) => Promise<void>,
    options: ConsumeOptions & { readonly from?: number },
  ): Promise<Consumption> {
    const kept = await this.db.get(positionKey(consumer));
    const place = {
      position: options.from ?? (kept === undefined ? 1 : Number(Buffer.from(kept).toString())),
      wake: () => undefined as void,
    };
    this.#consumers.set(consumer, place);
    const stop = new AbortController();
    const waiting: { offset: number; resolve: () => void }[] = [];
    const run = this.#run(consumer, place, handle, options, stop.signal, () => {
      for (let i = waiting.length - 1; i >= 0; i--) {
        if (waiting[i]!.offset <= place.position) waiting.splice(i, 1)[0]!.resolve();
      }
    });
    const log = this;
    return {
      get lag() {
        return log.#next - place.position;
      },
      caughtUp() {
        const offset = log.#next;
        if (place.position >= offset) return Promise.resolve();
        return new Promise((resolve) => waiting.push({ offset, resolve }));
      },
      async close() {
        stop.abort();
        place.wake();
        await run;
        log.#consumers.delete(consumer);
      },
    };
  }

  /** The offset all consumers are past; entries below it may go. */
  get consumedUpTo(): number {
    let lowest = this.#next;
    for (const { position } of this.#consumers.values()) lowest = Math.min(lowest, position);
    return lowest;
  }

  /** Removes up to `limit` of the oldest entries that all consumers are past, until `wanted` bytes are freed. */
  async removeOldest(limit: number, wanted: number): Promise<{ entries: number; bytes: number }> {
    const keys: string[] = [];
    let bytes = 0;
    for await (const [key, value] of this.db.iterator({ gte: 'o!', lt: entryKey(this.consumedUpTo), limit })) {
      keys.push(key);
      bytes += key.length + value.length;
      if (bytes >= wanted) break;
    }
    await this.db.batch(keys.map((key) => ({ type: 'del' as const, key })));
    return { entries: keys.length, bytes };
  }

  /** Gives the room of removed entries back to the disk, where the database can. */
  async compact(): Promise<void> {
    const db = this.db as LogDb & { compactRange?: (start: string, end: string) => Promise<void> };
    await db.compactRange?.('o!', 'o"');
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#commits.idle();
    await this.db.close();
  }

  async #commit(group: readonly Uint8Array[]): Promise<void> {
    if (this.#broken) await this.#reopen();
    const storedAt = this.#now();
    const operations = group.map((batch, i) => {
      const value = Buffer.allocUnsafe(storedAtBytes + batch.length);
      value.writeDoubleLE(storedAt, 0);
      value.set(batch, storedAtBytes);
      return { type: 'put' as const, key: entryKey(this.#next + i), value };
    });
    try {
      await this.db.batch(operations, { sync: true } as object);
    } catch (cause) {
      // LevelDB takes no more writes after one failed; what reached the disk is seen when it is opened again.
      this.#broken = true;
      throw new WellheadError('LOG_WRITE', 'the log could not write to the disk', { cause });
    }
    this.#next += group.length;
    for (const { wake } of this.#consumers.values()) wake();
  }

  async #reopen(): Promise<void> {
    try {
      await this.db.close();
      await this.db.open();
      this.#next = await readNext(this.db);
      this.#broken = false;
    } catch (cause) {
      throw new WellheadError('LOG_WRITE', 'the log cannot be opened again after a failed write', { cause });
    }
  }

  async #run(
    consumer: string,
    place: { position: number; wake: () => void },
    handle: (entries: readonly LogEntry[]) => Promise<void>,
    options: ConsumeOptions,
    signal: AbortSignal,
    onProgress: () => void,
  ): Promise<void> {
    while (!signal.aborted) {
      if (place.position >= this.#next) {
        await new Promise<void>((resolve) => {
          place.wake = resolve;
        });
        if (options.lingerMs > 0 && !signal.aborted) await sleep(options.lingerMs, signal);
        continue;
      }
      try {
        const entries = await this.#read(place.position, options.maxBytes);
        if (entries.length > 0) await handle(entries);
        place.position = entries.length > 0 ? entries.at(-1)!.offset + 1 : this.#next;
        // Not synced: losing it costs handling some entries again, which keys make a no-op.
        await this.db.put(positionKey(consumer), Buffer.from(String(place.position)));
        onProgress();
      } catch (error) {
        if (signal.aborted) return;
        options.onError(error);
        await sleep(retryMs, signal);
      }
    }
  }

  async #read(from: number, maxBytes: number): Promise<LogEntry[]> {
    const entries: LogEntry[] = [];
    let bytes = 0;
    for await (const [key, value] of this.db.iterator({ gte: entryKey(from), lt: 'o"' })) {
      const storedAt = new DataView(value.buffer, value.byteOffset).getFloat64(0, true);
      entries.push({ offset: offsetOf(key), storedAt, batch: value.subarray(storedAtBytes) });
      bytes += value.length;
      if (bytes >= maxBytes) break;
    }
    return entries;
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
  });
}
