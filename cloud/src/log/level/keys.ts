// The log's keys in LevelDB: entries by offset, each consumer's checkpoint, and the next offset beside removals.
import type { KeyValueDb } from '@wellhead/host';

const offsetDigits = 16;

/** All entry keys lie in it. */
export const entryKeys = { gte: 'o!', lt: 'o"' } as const;
/** The next offset when entries were last removed. */
export const nextKey = 'n!';
const checkpointKeys = { gte: 'c!', lt: 'c"' } as const;

export function entryKey(offset: number): string {
  return `o!${String(offset).padStart(offsetDigits, '0')}`;
}

export function offsetOf(key: string): number {
  return Number(key.slice(2));
}

export function checkpointKey(consumer: string): string {
  return `c!${consumer}`;
}

/** The offset of every consumer that ever was, by name. */
export async function readCheckpoints(db: KeyValueDb): Promise<Map<string, number>> {
  const checkpoints = new Map<string, number>();
  for await (const [key, value] of db.iterator(checkpointKeys))
    checkpoints.set(key.slice(2), asNumber(value));
  return checkpoints;
}

/** The offset of the next entry: behind the last one, and behind whatever was removed or handled. */
export async function readNext(db: KeyValueDb): Promise<number> {
  const [last] = await db.keys({ ...entryKeys, reverse: true, limit: 1 }).all();
  const removed = await db.get(nextKey);
  let next = Math.max(
    last === undefined ? 1 : offsetOf(last) + 1,
    removed === undefined ? 1 : asNumber(removed),
  );
  for (const position of (await readCheckpoints(db)).values()) next = Math.max(next, position);
  return next;
}

function asNumber(value: Uint8Array): number {
  return Number(Buffer.from(value).toString());
}
