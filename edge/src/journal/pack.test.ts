// Packing where it must stop: other kinds of readings, holes, damage, full blocks.
import { decodeBlock, rowsOf } from '@wellhead/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { memory, openTestJournal } from '../parts.testing.ts';
import type { Journal } from './journal.ts';
import { blockKey, blockKeys, firstSeqOf } from './keys.ts';
import { packSensor } from './pack.ts';
import { addBlock, headOf } from './readings.testing.ts';

let journal: Journal;
let damaged: string[];
beforeEach(async () => {
  journal = await openTestJournal(memory());
  damaged = [];
});

const pack = () => packSensor(journal, 'b1', (key) => damaged.push(key));

async function add(blocks: number, size = 1, change: Parameters<typeof headOf>[1] = {}): Promise<void> {
  const head = headOf('b1', change);
  for (let i = 0; i < blocks; i++) await addBlock(journal, size, head);
}

/** First and last seq of each stored block. */
async function stored(): Promise<number[][]> {
  const entries = await journal.db.iterator(blockKeys('b1')).all();
  return entries.map(([key, bytes]) => {
    const { seqs } = decodeBlock(bytes);
    expect(firstSeqOf(key)).toBe(seqs[0]);
    return [seqs[0]!, seqs.at(-1)!];
  });
}

describe('small blocks', () => {
  it('are packed from sixteen on', async () => {
    await add(15);
    expect(await pack()).toBe(0);
    expect(await stored()).toHaveLength(15);
    await add(1);
    expect(await pack()).toBe(15);
    expect(await stored()).toEqual([[1, 16]]);
  });

  it.each([
    ['type', { type: 'other' }],
    ['rules', { rules: 'groundwater@2' }],
    ['properties', { properties: ['sec'] }],
  ])('are not packed across a change of %s', async (_, change) => {
    await add(20);
    await add(20, 1, change);
    expect(await pack()).toBe(38);
    expect(await stored()).toEqual([
      [1, 20],
      [21, 40],
    ]);
    const [, second] = await journal.db.values(blockKeys('b1')).all();
    expect(decodeBlock(second!)).toMatchObject(change);
  });

  it('are not packed across a hole, nor across a block that cannot be read', async () => {
    await add(60);
    await journal.db.batch([{ type: 'del', key: blockKey('b1', 21) }]);
    await journal.db.put(blockKey('b1', 41), Buffer.from('damaged'));
    expect(await pack()).toBe(19 + 18 + 18);
    expect(damaged).toEqual([blockKey('b1', 41)]);
    await journal.db.batch([{ type: 'del', key: blockKey('b1', 41) }]);
    expect(await stored()).toEqual([
      [1, 20],
      [22, 40],
      [42, 60],
    ]);
  });

  it('make blocks of a thousand readings at most', async () => {
    await add(40, 50);
    await pack();
    expect(await stored()).toEqual([
      [1, 1_000],
      [1_001, 2_000],
    ]);
    await add(20, 51);
    await pack();
    expect((await stored()).slice(2)).toEqual([
      [2_001, 2_969],
      [2_970, 3_020],
    ]);
  });

  it('that are full are left as they are, and end a run', async () => {
    await add(16);
    await add(1, 1_000);
    await add(16);
    expect(await pack()).toBe(30);
    expect(await stored()).toEqual([
      [1, 16],
      [17, 1_016],
      [1_017, 1_032],
    ]);
  });

  it('keep every reading as it was', async () => {
    await add(5, 7);
    await add(20, 3);
    const rows = async () =>
      (await journal.db.values(blockKeys('b1')).all()).flatMap((bytes) => rowsOf(decodeBlock(bytes)));
    const before = await rows();
    await pack();
    expect(await rows()).toEqual(before);
  });
});

describe('the next round', () => {
  it('begins behind what is packed as well as it can be', async () => {
    await add(40, 50);
    await pack();
    const looked: string[] = [];
    const iterator = journal.db.iterator.bind(journal.db);
    journal.db.iterator = (range) => {
      looked.push(String(range?.gte));
      return iterator(range);
    };
    await pack();
    expect(looked).toEqual([blockKey('b1', 1_001)]);
    expect(journal.packedUpTo('b1')).toBe(1_000);
  });

  it('goes on with the run that was still growing', async () => {
    await add(20);
    await pack();
    await add(15);
    expect(await pack()).toBe(15);
    expect(await stored()).toEqual([[1, 35]]);
  });
});

it('one round looks at two thousand blocks', async () => {
  await add(2_001);
  await pack();
  expect(await stored()).toEqual([
    [1, 1_000],
    [1_001, 2_000],
    [2_001, 2_001],
  ]);
});

it('a sensor that has no reading has nothing to pack', async () => {
  expect(await pack()).toBe(0);
});

it('packing is remembered as far as it got, never back', () => {
  journal.markPacked('b1', 5);
  journal.markPacked('b1', 3);
  expect([journal.packedUpTo('b1'), journal.packedUpTo('b2')]).toEqual([5, 0]);
});
