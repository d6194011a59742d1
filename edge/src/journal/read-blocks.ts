// Reading from the journal's database.
import type { KeyValueDb } from '@wellhead/host';
import { type Range, type Row, rowsOf, type WellheadError } from '@wellhead/protocol';
import { decodeStored } from './damage.ts';
import { blockKey, blockKeys, firstSeqOf } from './keys.ts';

export interface StoredBlock {
  readonly firstSeq: number;
  readonly bytes: Uint8Array;
}

/** Iterators close themselves when they are left, by `break` too. */
export async function readBlocks(
  db: KeyValueDb,
  sensor: string,
  [fromSeq, toSeq]: Range,
  maxBytes: number,
): Promise<StoredBlock[]> {
  const blocks: StoredBlock[] = [];
  let bytes = 0;
  // The block that holds fromSeq may begin before it.
  const before = { gte: blockKey(sensor, 0), lte: blockKey(sensor, fromSeq), reverse: true, limit: 1 };
  const [start] = await db.keys(before).all();
  for await (const [key, value] of db.iterator({
    gte: start ?? blockKey(sensor, fromSeq),
    lte: blockKey(sensor, toSeq),
  })) {
    if (blocks.length > 0 && bytes + value.length > maxBytes) break;
    blocks.push({ firstSeq: firstSeqOf(key), bytes: value });
    bytes += value.length;
    if (bytes >= maxBytes) break;
  }
  return blocks;
}

export async function nextBlock(db: KeyValueDb, sensor: string, seq: number): Promise<number | undefined> {
  const [key] = await db.keys({ gt: blockKey(sensor, seq), lt: blockKeys(sensor).lt, limit: 1 }).all();
  return key === undefined ? undefined : firstSeqOf(key);
}

export async function readTail(
  db: KeyValueDb,
  sensor: string,
  count: number,
  onDamaged: (key: string, error: WellheadError) => void,
): Promise<Row[]> {
  const pages: Row[][] = [];
  let rows = 0;
  for await (const [key, value] of db.iterator({ ...blockKeys(sensor), reverse: true })) {
    const block = decodeStored(key, value, onDamaged);
    if (block === undefined) continue;
    pages.unshift(rowsOf(block));
    rows += block.count;
    if (rows >= count) break;
  }
  return pages.flat().slice(-count);
}
