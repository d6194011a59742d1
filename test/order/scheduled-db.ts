// A database in which every step waits for the scheduler, and writes fail as a bad disk makes them fail.
import fc, { type Arbitrary } from 'fast-check';
import { MemoryLevel } from 'memory-level';
import type {
  KeyRange,
  KeyValueDb,
  Operation,
  Snapshot,
  WriteOptions,
} from '../../host/src/disk/key-value.ts';
import type { Disk } from './disk.ts';
import type { Point } from './life.ts';

const damaged = Buffer.from('damaged');

/** How a write fails: before anything of it is on the disk, or when it is there and only the answer is bad. */
type WriteFault = 'not-done' | 'done';

export interface Fault {
  /** The number of the write that fails. */
  readonly write: number;
  readonly kind: WriteFault;
}

export const faults: Arbitrary<Fault[]> = fc.oneof(
  { weight: 2, arbitrary: fc.constant<Fault[]>([]) },
  {
    weight: 1,
    arbitrary: fc.array(
      fc.record({ write: fc.nat(25), kind: fc.constantFrom('not-done' as const, 'done' as const) }),
      { minLength: 1, maxLength: 3 },
    ),
  },
);

/** What a failing disk makes of any work: its own error, or a database that is just being opened again. */
export function isDiskFault(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause.message === 'the disk failed' || /not open/.test(cause.message)) return true;
  }
  return false;
}

export interface ScheduledDbOptions {
  readonly disk: Disk;
  readonly point: Point;
  readonly faults: readonly Fault[];
}

/**
 * As `classic-level` does it: reads see the database as it was when they were called, however late they answer; a
 * write is seen some time between its call and its answer; after a failed write no other is taken until the
 * database was opened again, and only then is it seen whether the failed one is there.
 */
export class ScheduledDb implements KeyValueDb {
  readonly #options: ScheduledDbOptions;
  readonly #point: Point;
  readonly #db: KeyValueDb;
  #writes = 0;
  #isSick = false;
  #isOpen = false;

  constructor(options: ScheduledDbOptions) {
    this.#options = options;
    this.#point = options.point;
    this.#db = new MemoryLevel<string, Uint8Array>({ valueEncoding: 'view' });
  }

  async open(): Promise<void> {
    await this.#point('open');
    await this.#db.open();
    this.#options.disk.opened();
    const held = new Set(await this.#db.keys({}).all());
    const operations: Operation[] = [];
    for (const [key, value] of this.#options.disk.contents) {
      held.delete(key);
      operations.push({ type: 'put', key, value });
    }
    for (const key of held) operations.push({ type: 'del', key });
    await this.#db.batch(operations);
    this.#isSick = false;
    this.#isOpen = true;
  }

  async close(): Promise<void> {
    await this.#point('close');
    this.#isOpen = false;
    await this.#db.close();
  }

  get(key: string, options: { readonly snapshot?: Snapshot } = {}): Promise<Uint8Array | undefined> {
    return this.#answered(this.#db.get(key, options), `get ${key}`);
  }

  put(key: string, value: Uint8Array, options?: WriteOptions): Promise<void> {
    return this.batch([{ type: 'put', key, value }], options);
  }

  async batch(operations: Operation[], { sync = false }: WriteOptions = {}): Promise<void> {
    const what = operations.map(({ type, key }) => `${type} ${key}`).join(', ');
    await this.#point(`write ${what}`);
    if (!this.#isOpen) throw new Error('the database is not open');
    const number = this.#isSick ? -1 : this.#writes++;
    const fault = this.#isSick
      ? 'not-done'
      : this.#options.faults.find(({ write }) => write === number)?.kind;
    if (fault !== undefined) {
      this.#isSick = true;
      if (fault === 'done') this.#options.disk.failedAndWrote(operations);
      throw new Error('the disk failed');
    }
    // At once: a program that dies now has written it.
    this.#options.disk.wrote(operations, sync);
    await this.#db.batch(operations);
    await this.#point(`written ${what}`);
  }

  iterator(range: KeyRange & { readonly snapshot?: Snapshot }): ReturnType<KeyValueDb['iterator']> {
    const iterator = this.#db.iterator(range);
    const point = this.#point;
    const what = `${range.gte ?? range.gt}`;
    return {
      all: () => this.#answered(iterator.all(), `all from ${what}`),
      close: () => iterator.close(),
      async *[Symbol.asyncIterator]() {
        await point(`first from ${what}`);
        for await (const entry of iterator) {
          yield entry;
          await point(`next behind ${entry[0]}`);
        }
      },
    };
  }

  keys(range: KeyRange & { readonly snapshot?: Snapshot }): ReturnType<KeyValueDb['keys']> {
    const keys = this.#db.keys(range);
    return { all: () => this.#answered(keys.all(), `keys from ${range.gte ?? range.gt}`) };
  }

  values(range: KeyRange & { readonly snapshot?: Snapshot }): ReturnType<KeyValueDb['values']> {
    const values = this.#db.values(range);
    return { all: () => this.#answered(values.all(), `values from ${range.gte ?? range.gt}`) };
  }

  snapshot(): Snapshot {
    return this.#db.snapshot();
  }

  async compactRange(start: string): Promise<void> {
    await this.#point(`compact ${start}`);
  }

  /**
   * The disk damages a value; `onDamage` is told what it was. Never the newest: nobody could say then how many
   * readings are gone.
   */
  async damage(prefix: string, choice: number, onDamage: (value: Uint8Array) => void): Promise<void> {
    await this.#point('damage');
    const held = [...this.#options.disk.contents].filter(([key]) => key.startsWith(prefix)).sort();
    const [key, value] = held[choice % Math.max(1, held.length - 1)] ?? [];
    if (held.length < 2 || key === undefined || value === undefined || value === damaged) return;
    onDamage(value);
    this.#options.disk.damaged(key, damaged);
    await this.#db.put(key, damaged);
  }

  async #answered<T>(answer: Promise<T>, what: string): Promise<T> {
    const settled = answer.then(
      (value) => () => value,
      (error: unknown) => () => {
        throw error;
      },
    );
    await this.#point(what);
    return (await settled)();
  }
}
