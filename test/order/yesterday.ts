// A fault that was in the journal once, to be put in again: the orders must find it.

import type { Journal } from '../../edge/src/journal/journal.ts';
import { blockKey, firstSeqOf } from '../../edge/src/journal/keys.ts';
import type { StoredBlock } from '../../edge/src/journal/read-blocks.ts';

/** Looked twice, each time at another moment: blocks that were packed between the looks were not found. */
export function readInTwoLooks(journal: Journal): void {
  journal.read = async (sensor, fromSeq, toSeq, maxBytes) => {
    const blocks: StoredBlock[] = [];
    let bytes = 0;
    const before = { gte: blockKey(sensor, 0), lte: blockKey(sensor, fromSeq), reverse: true, limit: 1 };
    const [start] = await journal.db.keys(before).all();
    const range = { gte: start ?? blockKey(sensor, fromSeq), lte: blockKey(sensor, toSeq) };
    for await (const [key, value] of journal.db.iterator(range)) {
      if (blocks.length > 0 && bytes + value.length > maxBytes) break;
      blocks.push({ firstSeq: firstSeqOf(key), bytes: value });
      bytes += value.length;
      if (bytes >= maxBytes) break;
    }
    return { blocks, behind: undefined };
  };
}
