// A list in the database with a bound: the oldest entry goes for the newest. Dead letters are kept in one.
import type { KeyRange, KeyValueDb } from './key-value.ts';

export interface ListEntry {
  /** Later entries have larger ones; those of removed entries at the end come again after a restart. */
  readonly number: number;
  readonly entry: unknown;
}

export interface BoundedList {
  readonly count: number;
  /** Resolves when the entry is synced to the disk. */
  add(entry: object): Promise<void>;
  /** Entries with smaller numbers than `before`, newest first, read one after the other as they are asked for. */
  newest(before?: number): AsyncIterable<ListEntry>;
  get(number: number): Promise<unknown>;
  /** Resolves when it is gone from the disk. @returns false if there is no such entry */
  remove(number: number): Promise<boolean>;
}

export interface BoundedListOptions {
  readonly db: KeyValueDb;
  /** Begins the keys; two lists in one database need two. Ends with `!`. */
  readonly prefix: string;
  /** From the first to the last entry: one that was removed in between makes no room before it would be dropped. */
  readonly limit: number;
  readonly onDropped: (count: number) => void;
}

// Byte order is number order then.
const digits = 16;
const keysAtOnce = 1_000;

/** Opens the list and goes on behind its last entry. */
export async function openBoundedList({
  db,
  prefix,
  limit,
  onDropped,
}: BoundedListOptions): Promise<BoundedList> {
  const key = (number: number) => `${prefix}${String(number).padStart(digits, '0')}`;
  const numberOf = (text: string) => Number(text.slice(prefix.length));
  const range = { gte: prefix, lt: `${prefix.slice(0, -1)}"` };
  /** Numbers between `first` and `next` without an entry: never more than `limit`. */
  const holes = new Set<number>();
  let first = 1;
  let next = 1;
  for await (const number of numbers(db, range, numberOf)) {
    if (next === first) first = next = number;
    while (next < number) holes.add(next++);
    next = number + 1;
  }

  let tail: Promise<unknown> = Promise.resolve();
  /** One change after the other: what is known of the list changes only when the disk has changed. */
  const inTurn = <T>(change: () => Promise<T>): Promise<T> => {
    const mine = tail.then(change);
    tail = mine.catch(() => undefined);
    return mine;
  };
  const isThere = (number: number) => number >= first && number < next && !holes.has(number);
  return {
    get count() {
      return next - first - holes.size;
    },
    add: (entry) =>
      inTurn(async () => {
        const value = Buffer.from(JSON.stringify(entry));
        const drops: { type: 'del'; key: string }[] = [];
        let oldest = first;
        for (; next + 1 - oldest > limit; oldest++)
          if (!holes.has(oldest)) drops.push({ type: 'del', key: key(oldest) });
        await db.batch([{ type: 'put', key: key(next), value }, ...drops], { sync: true });
        next++;
        for (; first < oldest; first++) holes.delete(first);
        if (drops.length > 0) onDropped(drops.length);
      }),
    async *newest(before = next) {
      const older = { ...range, lt: key(Math.min(before, next)), reverse: true };
      for await (const [at, value] of db.iterator(older)) yield { number: numberOf(at), entry: read(value) };
    },
    async get(number) {
      const value = isThere(number) ? await db.get(key(number)) : undefined;
      return value === undefined ? undefined : read(value);
    },
    remove: (number) =>
      inTurn(async () => {
        if (!isThere(number)) return false;
        await db.batch([{ type: 'del', key: key(number) }], { sync: true });
        holes.add(number);
        while (first < next && holes.delete(first)) first++;
        return true;
      }),
  };
}

/** In parts, for a list may be long. */
async function* numbers(
  db: KeyValueDb,
  range: KeyRange,
  numberOf: (key: string) => number,
): AsyncGenerator<number> {
  for (let part = range; ; ) {
    const keys = await db.keys({ ...part, limit: keysAtOnce }).all();
    for (const key of keys) yield numberOf(key);
    if (keys.length < keysAtOnce) return;
    const { gte: _, ...rest } = range;
    part = { ...rest, gt: keys.at(-1)! };
  }
}

function read(value: Uint8Array): unknown {
  return JSON.parse(Buffer.from(value).toString());
}
