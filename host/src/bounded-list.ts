// A list in the database with a bound: the oldest entry goes for the newest. Dead letters are kept in one.
import type { KeyValueDb } from './key-value.ts';

export interface BoundedList {
  readonly count: number;
  /** Resolves when the entry is synced to the disk. */
  add(entry: object): Promise<void>;
}

export interface BoundedListOptions {
  readonly db: KeyValueDb;
  /** Begins the keys; two lists in one database need two. Ends with `!`. */
  readonly prefix: string;
  readonly limit: number;
  readonly onDropped: (count: number) => void;
}

// Byte order is number order then.
const digits = 16;

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
  const [firstKey] = await db.keys({ ...range, limit: 1 }).all();
  const [lastKey] = await db.keys({ ...range, reverse: true, limit: 1 }).all();
  let first = firstKey === undefined ? 1 : numberOf(firstKey);
  let next = lastKey === undefined ? first : numberOf(lastKey) + 1;
  return {
    get count() {
      return next - first;
    },
    async add(entry) {
      const number = next++;
      const drops: { type: 'del'; key: string }[] = [];
      while (next - first > limit) drops.push({ type: 'del', key: key(first++) });
      if (drops.length > 0) onDropped(drops.length);
      const value = Buffer.from(JSON.stringify(entry));
      await db.batch([{ type: 'put', key: key(number), value }, ...drops], { sync: true });
    },
  };
}
