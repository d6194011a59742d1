// The log in LevelDB, for one process: group commit, a consumer's checkpoint beside the entries.

import { checkFormat, type KeyValueDb, type WriteOptions } from '@wellhead/host';
import { type GroupCommit, groupCommit, WellheadError } from '@wellhead/protocol';
import type { ConsumeOptions, Consumption, LogEntry, LogStart, ReadingLog } from '../reading-log.ts';
import { checkpointKey, entryKeys, readCheckpoints, readNext } from './keys.ts';
import { type Checkpoint, runConsumer, sleep, type Wait } from './level-consumer.ts';
import { findStoredAt, putEntries, readEntries, removeEntries } from './level-entries.ts';
import { closedError, fullError } from './refused.ts';

export interface LevelLogOptions {
  readonly db: KeyValueDb;
  readonly now: () => number;
  readonly defer: (run: () => void) => void;
  /** How consumers wait; by the clock if it is left out. */
  readonly wait?: Wait;
}

/** Of keys and values here; the batches have a version of their own. */
const formatVersion = 1;
const maxGroup = 1_000;
const maxPending = 10_000;

/** @throws WellheadError LOG_OPEN */
export async function openLevelLog(options: LevelLogOptions): Promise<LevelLog> {
  try {
    await options.db.open();
    await checkFormat(options.db, { what: 'log', version: formatVersion, code: 'LOG_OPEN' });
    return new LevelLog(options, await readNext(options.db), await readCheckpoints(options.db));
  } catch (cause) {
    await options.db.close().catch(() => undefined);
    if (cause instanceof WellheadError) throw cause;
    throw new WellheadError('LOG_OPEN', 'the log cannot be opened', { cause });
  }
}

export class LevelLog implements ReadingLog {
  readonly db: KeyValueDb;
  readonly #now: () => number;
  readonly #wait: Wait;
  readonly #commits: GroupCommit<Uint8Array>;
  /** Of every consumer there ever was: one that does not run now still wants its entries. */
  readonly #checkpoints: Map<string, number>;
  readonly #running = new Map<string, { readonly wake: () => void; readonly close: () => Promise<void> }>();
  #next: number;
  #closing: Promise<void> | undefined;

  constructor(
    { db, now, defer, wait = sleep }: LevelLogOptions,
    next: number,
    checkpoints: Map<string, number>,
  ) {
    this.db = db;
    this.#now = now;
    this.#wait = wait;
    this.#next = next;
    this.#checkpoints = checkpoints;
    if ('onReopened' in db) {
      db.onReopened = async () => {
        this.#next = Math.max(this.#next, await readNext(db));
      };
    }
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

  /** Set while the room is used up by entries that a consumer still needs: appends are refused. */
  isFull = false;

  append(batch: Uint8Array): Promise<void> {
    if (this.#closing !== undefined) return Promise.reject(closedError());
    if (this.isFull) return Promise.reject(fullError());
    return this.#commits.add(batch);
  }

  async consume(
    consumer: string,
    handle: (entries: readonly LogEntry[]) => Promise<void>,
    options: ConsumeOptions & { readonly from?: LogStart },
  ): Promise<Consumption> {
    const start = options.from === undefined ? undefined : await this.#offsetAt(options.from);
    const position = Math.min(this.#next, Math.max(1, start ?? this.#checkpoints.get(consumer) ?? 1));
    // Nothing may come between these looks and the consumer's entry below, or two could run.
    if (this.#closing !== undefined) throw closedError();
    if (this.#running.has(consumer)) throw new TypeError(`consumer ${consumer} is running already`);
    const checkpoint: Checkpoint = { position };
    const run = runConsumer(
      {
        end: () => this.#next,
        read: (from, end, maxBytes) => readEntries(this.db, from, end, maxBytes),
        keep: (at) => this.#keep(consumer, at),
        wait: this.#wait,
      },
      checkpoint,
      handle,
      options,
    );
    const close = async () => {
      await run.close();
      this.#running.delete(consumer);
    };
    this.#running.set(consumer, { wake: run.wake, close });
    try {
      // From here on entries are held for it, whether it runs or not, and whatever happens to the power.
      await this.#keep(consumer, position, { sync: true });
    } catch (error) {
      this.#running.delete(consumer);
      throw error;
    }
    run.start();
    const next = () => this.#next;
    return {
      get lag() {
        return next() - checkpoint.position;
      },
      caughtUp: () => run.past(next()),
      close,
    };
  }

  /** Gives up the checkpoint of a consumer that will not run again, so that nothing is held for it any longer. */
  async forget(consumer: string): Promise<void> {
    if (this.#running.has(consumer)) throw new TypeError(`consumer ${consumer} is running`);
    await this.db.batch([{ type: 'del', key: checkpointKey(consumer) }]);
    // It may have begun to run again meanwhile, and holds its entries then.
    if (!this.#running.has(consumer)) this.#checkpoints.delete(consumer);
  }

  /** The offset all consumers are past, those that do not run now too; entries below it may go. */
  get consumedUpTo(): number {
    let lowest = this.#next;
    for (const position of this.#checkpoints.values()) lowest = Math.min(lowest, position);
    return lowest;
  }

  /** Removes up to `limit` of the oldest entries that all consumers are past, until `wanted` bytes are freed. */
  removeOldest(limit: number, wanted: number): Promise<{ entries: number; bytes: number }> {
    return removeEntries(this.db, {
      limit,
      wanted,
      freeUpTo: () => this.consumedUpTo,
      next: () => this.#next,
    });
  }

  /** Gives the room of removed entries back to the disk, where the database can. */
  async compact(): Promise<void> {
    await this.db.compactRange?.(entryKeys.gte, entryKeys.lt);
  }

  /** Ends every consumer, waits for what is under way, closes the database; may be called twice. */
  close(): Promise<void> {
    this.#closing ??= (async () => {
      await Promise.all([...this.#running.values()].map(({ close }) => close()));
      await this.#commits.idle();
      await this.db.close();
    })();
    return this.#closing;
  }

  async #commit(group: readonly Uint8Array[]): Promise<void> {
    await this.#ready();
    const operations = putEntries(group, this.#next, this.#now());
    try {
      await this.db.batch(operations, { sync: true });
    } catch (cause) {
      throw new WellheadError('LOG_WRITE', 'the log could not write to the disk', { cause });
    }
    this.#next += group.length;
    for (const { wake } of this.#running.values()) wake();
  }

  /** Need not be synced where a checkpoint moves on: losing it costs handling some entries again, which keys make a no-op. */
  async #keep(consumer: string, position: number, { sync = false }: WriteOptions = {}): Promise<void> {
    // A checkpoint taken back holds its entries before it is written, one moved on gives them up afterwards.
    if (position < (this.#checkpoints.get(consumer) ?? Number.POSITIVE_INFINITY))
      this.#checkpoints.set(consumer, position);
    try {
      await this.db.put(checkpointKey(consumer), Buffer.from(String(position)), { sync });
    } catch (cause) {
      throw new WellheadError('LOG_WRITE', `the checkpoint of ${consumer} could not be kept`, { cause });
    }
    this.#checkpoints.set(consumer, position);
  }

  /** Offsets are counted on from what is stored, so a database that has to be opened again comes first. */
  async #ready(): Promise<void> {
    try {
      await this.db.ready?.();
    } catch (cause) {
      throw new WellheadError('LOG_WRITE', 'the log cannot be opened again after a failed write', { cause });
    }
  }

  async #offsetAt(start: LogStart): Promise<number> {
    if (typeof start === 'number') return start;
    return start === 'beginning' ? 1 : findStoredAt(this.db, this.#next, start.time);
  }
}
