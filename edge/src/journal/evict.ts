import { summarizeBlock, WellheadError } from '@wellhead/protocol';
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
  mayGo: (delivered: { hasAll(from: number, to: number): boolean }, from: number, to: number) => boolean,
): Promise<Evicted> {
  let bytes = 0;
  let readings = 0;
  let lost = 0;
  for (let progress = true; progress && bytes < wanted; ) {
    progress = false;
    for (const { sensor, delivered } of journal.sensors()) {
      if (bytes >= wanted) break;
      const keys: string[] = [];
      let upTo = 0;
      for await (const [key, value] of journal.db.iterator({ ...blockKeys(sensor), limit: blocksAStep })) {
        const from = firstSeqOf(key);
        const to = lastOf(value) ?? from;
        if (!mayGo(delivered, from, to)) break;
        keys.push(key);
        bytes += key.length + value.length;
        readings += to - from + 1;
        upTo = to;
        if (bytes >= wanted) break;
      }
      if (keys.length === 0) continue;
      progress = true;
      for (const [from, to] of journal.sensor(sensor)!.delivered.missing(firstSeqOf(keys[0]!), upTo)) {
        lost += to - from + 1;
        await journal.lose(sensor, from, to, 'journal-full');
      }
      await journal.evict(sensor, keys, upTo);
    }
  }
  return { bytes, readings, lost };
}

function lastOf(bytes: Uint8Array): number | undefined {
  try {
    return summarizeBlock(bytes).seqs.at(-1);
  } catch (error) {
    if (error instanceof WellheadError) return undefined;
    throw error;
  }
}
