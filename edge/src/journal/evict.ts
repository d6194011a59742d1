// Room on a full disk: the oldest readings go, delivered ones first, and every loss is entered.
import { type Range, type RangeSet, summarizeBlock, WellheadError } from '@wellhead/protocol';
import type { Journal } from './journal.ts';
import { blockKeys, firstSeqOf } from './keys.ts';

export interface Evicted {
  readonly bytes: number;
  readonly readings: number;
  /** Those among them that were not delivered. */
  readonly lost: number;
}

const blocksAStep = 64;

/** Removes delivered blocks, the oldest of each sensor in turn, until `wanted` bytes are freed or none is left. */
export function evictDelivered(journal: Journal, wanted: number): Promise<Evicted> {
  return evict(journal, wanted, (delivered, from, to) => delivered.hasAll(from, to));
}

/** Removes the oldest blocks whether delivered or not; what is lost goes into the ledger. */
export function evictUndelivered(journal: Journal, wanted: number): Promise<Evicted> {
  return evict(journal, wanted, () => true);
}

async function evict(
  journal: Journal,
  wanted: number,
  mayGo: (delivered: RangeSet, from: number, to: number) => boolean,
): Promise<Evicted> {
  let bytes = 0;
  let readings = 0;
  let lost = 0;
  for (let progress = true; progress && bytes < wanted; ) {
    progress = false;
    for (const { sensor, delivered, evicted } of journal.sensors()) {
      if (bytes >= wanted) break;
      const oldest = await oldestBlocks(journal, sensor);
      // What is not there before those that go was not removed for room: it has a cause of its own.
      let next = evicted + 1;
      let ahead = bytes;
      for (const { from, to, bytes: size } of oldest) {
        if (ahead >= wanted || !mayGo(delivered, from, to)) break;
        const gone: Range = [next, from - 1];
        if (delivered.missing(...gone).length > 0) await journal.confirmLost(sensor, gone);
        next = to + 1;
        ahead += size;
      }
      // Nothing waits between this choice and the journal's note of it: a request may come at any moment.
      const going: StoredExtent[] = [];
      for (const block of oldest) {
        if (bytes >= wanted || !mayGo(delivered, block.from, block.to)) break;
        going.push(block);
        bytes += block.bytes;
        readings += block.to - block.from + 1;
      }
      const last = going.at(-1);
      if (last === undefined) continue;
      progress = true;
      const keys = going.map(({ key }) => key);
      lost += await journal.evict(sensor, keys, last.to);
    }
  }
  return { bytes, readings, lost };
}

interface StoredExtent {
  readonly key: string;
  readonly from: number;
  readonly to: number;
  readonly bytes: number;
}

/** One of them more is looked at, since a block that cannot be read reaches to where the next one begins. */
async function oldestBlocks(journal: Journal, sensor: string): Promise<StoredExtent[]> {
  // A packing that was reported as failed may have happened: a block would go that holds more than it did.
  await journal.db.ready?.();
  const range = { ...blockKeys(sensor), limit: blocksAStep + 1 };
  const entries = await journal.db.iterator(range).all();
  return entries.slice(0, blocksAStep).map(([key, value], i) => {
    const next = entries[i + 1];
    const end = next === undefined ? journal.sensor(sensor)!.last : firstSeqOf(next[0]) - 1;
    return { key, from: firstSeqOf(key), to: lastOf(value) ?? end, bytes: key.length + value.length };
  });
}

function lastOf(bytes: Uint8Array): number | undefined {
  try {
    return summarizeBlock(bytes).seqs.at(-1);
  } catch (error) {
    if (error instanceof WellheadError) return undefined;
    throw error;
  }
}
