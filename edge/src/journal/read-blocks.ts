// Reading from the journal's database. What takes more than one question is asked of one moment.
import { type KeyValueDb, type KeyValueView, readAtOnce } from '@wellhead/host';
import { type Range, type Row, rowsOf, type WellheadError } from '@wellhead/protocol';
import { decodeStored } from './damage.ts';
import { blockKey, blockKeys, firstSeqOf } from './keys.ts';

export interface StoredBlock {
  readonly firstSeq: number;
  readonly bytes: Uint8Array;
}

export interface Look {
  readonly blocks: readonly StoredBlock[];
  /** First seq of the block behind these, at the same moment; undefined when there is none. */
  readonly behind: number | undefined;
}

/** The key of the block that holds `seq` or would hold it, if it is there: it may begin before it. */
export async function keyAtOrBefore(view: KeyValueView, sensor: string, seq: number): Promise<string> {
  const range = { gte: blockKey(sensor, 0), lte: blockKey(sensor, seq), reverse: true, limit: 1 };
  const [key] = await view.keys(range).all();
  return key ?? blockKey(sensor, seq);
}

/** Iterators close themselves when they are left, by `return` too. */
export function readBlocks(
  db: KeyValueDb,
  sensor: string,
  [fromSeq, toSeq]: Range,
  maxBytes: number,
): Promise<Look> {
  return readAtOnce(db, async (view) => {
    const blocks: StoredBlock[] = [];
    let bytes = 0;
    const range = { gte: await keyAtOrBefore(view, sensor, fromSeq), lt: blockKeys(sensor).lt };
    for await (const [key, value] of view.iterator(range)) {
      const firstSeq = firstSeqOf(key);
      const isEnough = blocks.length > 0 && (bytes >= maxBytes || bytes + value.length > maxBytes);
      if (firstSeq > toSeq || isEnough) return { blocks, behind: firstSeq };
      blocks.push({ firstSeq, bytes: value });
      bytes += value.length;
    }
    return { blocks, behind: undefined };
  });
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
