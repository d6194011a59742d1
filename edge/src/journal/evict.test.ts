// Room is made by whole blocks: which may go, which must stay, and when it is enough.
import { beforeEach, describe, expect, it } from 'vitest';
import { memory } from '../parts.testing.ts';
import { evictDelivered, evictUndelivered } from './evict.ts';
import { strictReports } from './journal.testing.ts';
import { type Journal, openJournal } from './journal.ts';
import { blockKey, blockKeys, firstSeqOf } from './keys.ts';
import type { Loss } from './ledger.ts';
import { addBlock, headOf } from './readings.testing.ts';

const everything = 1e9;

let journal: Journal;
let losses: Loss[];
beforeEach(async () => {
  losses = [];
  journal = await openJournal({
    ...strictReports,
    db: memory(),
    newOrigin: () => 'aa',
    defer: setImmediate,
    onLost: (loss) => losses.push(loss),
  });
});

async function add(sensor: string, blocks: number, size = 2): Promise<void> {
  for (let i = 0; i < blocks; i++) await addBlock(journal, size, headOf(sensor));
}

/** First seqs of the blocks that are left. */
async function left(sensor = 'b1'): Promise<number[]> {
  return (await journal.db.keys(blockKeys(sensor)).all()).map(firstSeqOf);
}

async function bytesOf(sensor: string, ...firstSeqs: number[]): Promise<number> {
  let bytes = 0;
  for (const seq of firstSeqs) {
    const key = blockKey(sensor, seq);
    bytes += key.length + (await journal.db.get(key))!.length;
  }
  return bytes;
}

describe('delivered readings', () => {
  it('go only with a block that is delivered to its last reading', async () => {
    await add('b1', 3);
    await journal.deliver('b1', [[1, 3]]);
    expect(await evictDelivered(journal, everything)).toMatchObject({ readings: 2, lost: 0 });
    expect(await left()).toEqual([3, 5]);
    expect(journal.sensor('b1')).toMatchObject({ evicted: 2, lost: [] });
    expect(journal.undelivered).toBe(3);
  });

  it('behind one that waits stay', async () => {
    await add('b1', 3);
    await journal.deliver('b1', [
      [1, 2],
      [4, 6],
    ]);
    await evictDelivered(journal, everything);
    expect(await left()).toEqual([3, 5]);
  });

  it('go until there is room enough, counted with their keys, and not a block further', async () => {
    await add('b1', 5);
    await journal.deliver('b1', [[1, 10]]);
    const two = await bytesOf('b1', 1, 3);
    expect(await evictDelivered(journal, two)).toEqual({ bytes: two, readings: 4, lost: 0 });
    expect(await left()).toEqual([5, 7, 9]);
    const next = await bytesOf('b1', 5);
    await evictDelivered(journal, next + 1);
    expect(await left()).toEqual([9]);
  });

  it('go sensor by sensor, the next one only while more room is wanted', async () => {
    for (const sensor of ['b1', 'b2', 'b3']) {
      await add(sensor, 2);
      await journal.deliver(sensor, [[1, 4]]);
    }
    const wanted = (await bytesOf('b1', 1, 3)) + 1;
    await evictDelivered(journal, wanted);
    expect([await left('b1'), await left('b2'), await left('b3')]).toEqual([[], [3], [1, 3]]);
  });

  it('go in steps of 64 blocks, one sensor after the other, until none is left', async () => {
    for (const sensor of ['b1', 'b2']) {
      await add(sensor, 70, 1);
      await journal.deliver(sensor, [[1, 70]]);
    }
    const batches: number[] = [];
    const batch = journal.db.batch.bind(journal.db);
    journal.db.batch = (operations, options) => {
      batches.push(operations.filter(({ type }) => type === 'del').length);
      return batch(operations, options);
    };
    expect(await evictDelivered(journal, everything)).toMatchObject({ readings: 140 });
    expect(batches).toEqual([64, 64, 6, 6]);
    expect([await left('b1'), await left('b2')]).toEqual([[], []]);
  });

  it('go when nothing at all is wanted: none', async () => {
    await add('b1', 2);
    await journal.deliver('b1', [[1, 4]]);
    expect(await evictDelivered(journal, 0)).toEqual({ bytes: 0, readings: 0, lost: 0 });
    expect(await left()).toEqual([1, 3]);
  });
});

describe('a damaged block', () => {
  it('reaches to the next block, also when that is the first of the next step', async () => {
    await add('b1', 65);
    await journal.deliver('b1', [[1, 130]]);
    await journal.db.put(blockKey('b1', 127), Buffer.from('damaged'));
    expect(await evictDelivered(journal, everything)).toMatchObject({ readings: 130 });
    expect(journal.sensor('b1')?.evicted).toBe(130);
  });

  it('that is the last reaches to the last reading', async () => {
    await add('b1', 1, 5);
    await journal.db.put(blockKey('b1', 1), Buffer.from('damaged'));
    await journal.deliver('b1', [[1, 4]]);
    expect(await evictDelivered(journal, everything)).toMatchObject({ readings: 0 });
    await journal.deliver('b1', [[5, 5]]);
    expect(await evictDelivered(journal, everything)).toMatchObject({ readings: 5, lost: 0 });
  });
});

describe('undelivered readings that must go', () => {
  it('are lost, and only they; the rest of their block is not', async () => {
    await add('b1', 3);
    await journal.deliver('b1', [
      [2, 2],
      [4, 4],
    ]);
    expect(await evictUndelivered(journal, await bytesOf('b1', 1, 3))).toMatchObject({
      readings: 4,
      lost: 2,
    });
    expect(journal.sensor('b1')).toMatchObject({
      evicted: 4,
      lost: [
        [1, 1, 'journal-full'],
        [3, 3, 'journal-full'],
      ],
    });
    expect(losses).toEqual(
      [1, 3].map((seq) => ({
        sensor: 'b1',
        from: seq,
        to: seq,
        reason: 'journal-full',
        evidence: 'removed for room',
      })),
    );
    expect(journal.undelivered).toBe(2);
  });
});
