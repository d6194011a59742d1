// What one look at the journal gives for a batch.
import { type Block, type BlockHead, decodeBlock } from '@wellhead/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Journal } from '../journal/journal.ts';
import { blockKey } from '../journal/keys.ts';
import { headOf, row } from '../journal/readings.testing.ts';
import { memory, openTestJournal } from '../parts.testing.ts';
import { type Found, gatherBlocks } from './gather.ts';

const everything = 1_000_000;
const head = headOf('b1');

let journal: Journal;
let damaged: string[];
beforeEach(async () => {
  journal = await openTestJournal(memory());
  damaged = [];
});

/** Appends one block of so many readings. */
async function block(count: number, of: BlockHead = head, measuredAt = (i: number) => i): Promise<void> {
  const rows = Array.from({ length: count }, (_, i) => row(i / 10, measuredAt(i)));
  await Promise.all(rows.map((one) => journal.append({ head: of, row: one })));
}

const damage = (seq: number) => journal.db.put(blockKey('b1', seq), Buffer.from('damaged'));

const gather = (from: number, to: number, maxBytes = everything): Promise<Found> =>
  gatherBlocks(
    { journal, onDamaged: (key) => damaged.push(key) },
    { index: 0, sensor: 'b1', from, to },
    maxBytes,
  );

const blocksOf = (found: Found): Block[] => (found.gathered?.blocks ?? []).map((bytes) => decodeBlock(bytes));
const extents = (found: Found) => blocksOf(found).map(({ seqs }) => [seqs[0], seqs.at(-1)]);

describe('small blocks', () => {
  it.each([
    [[60, 60, 60], [[1, 180]]],
    [
      [99, 100, 1],
      [
        [1, 99],
        [100, 199],
        [200, 200],
      ],
    ],
    [
      [100, 99, 99],
      [
        [1, 100],
        [101, 298],
      ],
    ],
  ])('of %j readings are sent as %j', async (sizes, expected) => {
    for (const size of sizes) await block(size);
    const found = await gather(1, 1_000);
    expect(extents(found)).toEqual(expected);
    expect(found.gathered).toMatchObject({
      from: 1,
      to: sizes.reduce((a, b) => a + b),
      bytes: found.gathered!.blocks.reduce((sum, { length }) => sum + length, 0),
    });
  });

  it.each([
    ['rules', { rules: 'groundwater@2' }],
    ['type', { type: 'other' }],
    ['properties', { properties: ['sec'] }],
  ])('are not joined across a change of %s', async (_, change) => {
    await block(2);
    await block(2, { ...head, ...change });
    await block(2, { ...head, ...change });
    const found = await gather(1, 6);
    expect(extents(found)).toEqual([
      [1, 2],
      [3, 6],
    ]);
    expect(blocksOf(found).map(({ type, rules, properties }) => ({ type, rules, properties }))).toMatchObject(
      [{ type: head.type, rules: head.rules, properties: head.properties }, change],
    );
  });
});

describe('what is asked for', () => {
  it.each([
    [1, 3],
    [2, 3],
    [1, 2],
    [2, 2],
  ])('is given exactly: %i to %i of a block of three', async (from, to) => {
    await block(3);
    const found = await gather(from, to);
    expect(extents(found)).toEqual([[from, to]]);
    expect(found.gathered).toMatchObject({ from, to });
    expect(found.unreadable).toBeUndefined();
  });

  it('is cut at both ends when it spans blocks', async () => {
    for (let i = 0; i < 3; i++) await block(100);
    expect(extents(await gather(50, 250))).toEqual([
      [50, 100],
      [101, 200],
      [201, 250],
    ]);
  });

  it('ends at the bytes that are wanted, and is one block at least', async () => {
    for (let i = 0; i < 3; i++) await block(100);
    const size = (await gather(1, 100)).gathered!.bytes;
    expect(extents(await gather(1, 300, 1))).toEqual([[1, 100]]);
    expect(extents(await gather(1, 300, 2 * size + 20))).toEqual([
      [1, 100],
      [101, 200],
    ]);
  });

  it('is as new as the newest of its readings, wherever that stands', async () => {
    await block(3, head, (i) => [10, 90, 20][i]!);
    await block(2, head, (i) => [50, 40][i]!);
    expect((await gather(1, 5)).gathered?.newest).toBe(90);
    expect((await gather(3, 5)).gathered?.newest).toBe(50);
  });
});

describe('a block that cannot be read', () => {
  it('at the start is named, and what follows is given', async () => {
    for (let i = 0; i < 3; i++) await block(2);
    await damage(1);
    const found = await gather(1, 6);
    expect(found).toMatchObject({ unreadable: [1, 2], gathered: { from: 3, to: 6 } });
    expect(damaged).toEqual(['b1 from 1']);
  });

  it('in the middle ends what is given', async () => {
    for (let i = 0; i < 3; i++) await block(2);
    await damage(3);
    const found = await gather(1, 6);
    expect(found.unreadable).toBeUndefined();
    expect(extents(found)).toEqual([[1, 2]]);
  });

  it('that is alone reaches to the next block, which was not looked at', async () => {
    for (let i = 0; i < 3; i++) await block(2);
    await damage(1);
    expect(await gather(1, 6, 1)).toEqual({ unreadable: [1, 2] });
    await damage(5);
    expect(await gather(5, 5, 1)).toEqual({ unreadable: [5, 5] });
    expect(await gather(5, 6, 1)).toEqual({ unreadable: [5, 6] });
  });

  it('that is gone is named as well', async () => {
    for (let i = 0; i < 3; i++) await block(2);
    await journal.db.batch([{ type: 'del', key: blockKey('b1', 3) }]);
    const found = await gather(4, 6);
    expect(found).toMatchObject({ unreadable: [4, 4], gathered: { from: 5, to: 6 } });
    expect(await gather(3, 4)).toEqual({ unreadable: [3, 4] });
  });
});
