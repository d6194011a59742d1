// The log's entries as they lie in LevelDB: a batch behind the time it was stored at.
import type { KeyValueDb, Operation } from '@wellhead/host';
import type { LogEntry } from '../reading-log.ts';
import { entryKey, entryKeys, nextKey, offsetOf } from './keys.ts';

const storedAtBytes = 8;

/** What writes batches under the offsets from `next` on. */
export function putEntries(batches: readonly Uint8Array[], next: number, storedAt: number): Operation[] {
  return batches.map((batch, i) => {
    const value = Buffer.allocUnsafe(storedAtBytes + batch.length);
    value.writeDoubleLE(storedAt, 0);
    value.set(batch, storedAtBytes);
    return { type: 'put' as const, key: entryKey(next + i), value };
  });
}

/** The entries from one offset up to another, until `maxBytes` are gathered (at least one). */
export async function readEntries(
  db: KeyValueDb,
  from: number,
  end: number,
  maxBytes: number,
): Promise<LogEntry[]> {
  const entries: LogEntry[] = [];
  let bytes = 0;
  for await (const [key, value] of db.iterator({ gte: entryKey(from), lt: entryKey(end) })) {
    const storedAt = new DataView(value.buffer, value.byteOffset).getFloat64(0, true);
    entries.push({ partition: 0, offset: offsetOf(key), storedAt, batch: value.subarray(storedAtBytes) });
    bytes += value.length;
    if (bytes >= maxBytes) break;
  }
  return entries;
}

/** The first offset stored at a time or later. By halving: `storedAt` grows with the offset, but for clocks that were set back. */
export async function findStoredAt(db: KeyValueDb, next: number, time: number): Promise<number> {
  let low = 1;
  let high = next;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const [entry] = await readEntries(db, middle, high, 1);
    if (entry === undefined || entry.storedAt >= time) high = middle;
    else low = entry.offset + 1;
  }
  return low;
}

export interface RemoveOptions {
  readonly limit: number;
  /** Stops when so many bytes are freed. */
  readonly wanted: number;
  /** The offset below which entries may go, asked again before they do. */
  readonly freeUpTo: () => number;
  /** The offset that comes next, asked when they go. */
  readonly next: () => number;
}

/** Removes the oldest entries that may go. */
export async function removeEntries(
  db: KeyValueDb,
  { limit, wanted, freeUpTo, next }: RemoveOptions,
): Promise<{ entries: number; bytes: number }> {
  const found: { readonly key: string; readonly bytes: number }[] = [];
  let bytes = 0;
  const range = { gte: entryKeys.gte, lt: entryKey(freeUpTo()) };
  for await (const [key, value] of db.iterator({ ...range, limit })) {
    found.push({ key, bytes: key.length + value.length });
    bytes += key.length + value.length;
    if (bytes >= wanted) break;
  }
  // A consumer may have taken its checkpoint back meanwhile.
  const free = entryKey(freeUpTo());
  const removed = found.filter(({ key }) => key < free);
  if (removed.length === 0) return { entries: 0, bytes: 0 };
  await db.batch([
    // The entries may be all there is to tell which offset comes next.
    { type: 'put', key: nextKey, value: Buffer.from(String(next())) },
    ...removed.map(({ key }) => ({ type: 'del' as const, key })),
  ]);
  return { entries: removed.length, bytes: removed.reduce((sum, entry) => sum + entry.bytes, 0) };
}
