// Readings that came one by one are joined into larger blocks, which take a tenth of the room.
import { type Block, encodeBlock, mergeBlocks, sameHead, type WellheadError } from '@wellhead/protocol';
import { decodeStored } from './damage.ts';
import type { Journal } from './journal.ts';
import { blockKey, firstSeqOf } from './keys.ts';

const smallestRun = 16;
const fullBlock = 1_000;
const blocksARound = 2_000;

/**
 * Joins neighbouring small blocks of one sensor into larger ones: a reading that came alone costs a tenth
 * then. Goes on where it left off; each step is one synced LevelDB batch. Returns how many blocks went. Blocks are
 * replaced and evicted by housekeeping alone, one round at a time, so what was read here is what is replaced.
 */
export async function packSensor(
  journal: Journal,
  sensor: string,
  onDamaged: (key: string, error: WellheadError) => void,
): Promise<number> {
  let gone = 0;
  let run: Block[] = [];
  let readings = 0;
  const flush = async () => {
    if (run.length >= smallestRun) {
      const [first, ...rest] = run as [Block, ...Block[]];
      await journal.replaceBlocks(
        rest.map((block) => blockKey(sensor, block.seqs[0]!)),
        blockKey(sensor, first.seqs[0]!),
        encodeBlock(mergeBlocks([first, ...rest])),
      );
      gone += rest.length;
    }
    run = [];
    readings = 0;
  };
  let seen = 0;
  // A packing or an eviction that was reported as failed may have happened: seen when the database was opened again.
  await journal.db.ready?.();
  // Nothing behind the last seq that was told: a write that failed may be on the disk and be taken out again.
  const range = {
    gte: blockKey(sensor, journal.packedUpTo(sensor) + 1),
    lte: blockKey(sensor, journal.sensor(sensor)?.last ?? 0),
  };
  for await (const [key, value] of journal.db.iterator(range)) {
    if (++seen > blocksARound) break;
    const block = decodeStored(key, value, onDamaged);
    const first = run[0];
    const joins =
      block !== undefined &&
      block.count + readings <= fullBlock &&
      (first === undefined || (sameHead(first, block) && block.seqs[0] === run.at(-1)!.seqs.at(-1)! + 1));
    if (!joins) {
      await flush();
      // Everything before this block is as packed as it will get.
      journal.markPacked(sensor, firstSeqOf(key) - 1);
    }
    if (block === undefined || block.count >= fullBlock) continue;
    run.push(block);
    readings += block.count;
  }
  await flush();
  return gone;
}
