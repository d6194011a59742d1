import { beforeEach, expect, it } from 'vitest';
import { memory, openTestJournal } from '../parts.testing.ts';
import { findReadable } from './find-readable.ts';
import type { Journal } from './journal.ts';
import { blockKey } from './keys.ts';
import { addBlock, headOf } from './readings.testing.ts';

let journal: Journal;
/** Blocks of two readings: from 1, 3, 5 … 19. */
beforeEach(async () => {
  journal = await openTestJournal(memory());
  for (let i = 0; i < 10; i++) await addBlock(journal, 2);
  await addBlock(journal, 30, headOf('b2'));
});

const find = (from: number, to: number) => findReadable(journal.db, 'b1', [from, to]);
const damage = (seq: number, words = 'damaged') => journal.db.put(blockKey('b1', seq), Buffer.from(words));
const remove = (...seqs: number[]) =>
  journal.db.batch(seqs.map((seq) => ({ type: 'del' as const, key: blockKey('b1', seq) })));

it('what can be read is named within what was asked, and nothing beyond', async () => {
  expect(await find(4, 7)).toEqual({ readable: [[4, 7]], unreadable: [] });
  expect(await find(1, 20)).toEqual({ readable: [[1, 20]], unreadable: [] });
  expect((await find(19, 25)).readable).toEqual([[19, 20]]);
});

it('a damaged block takes away its own readings only, with what is wrong with it', async () => {
  await damage(5);
  const { readable, unreadable } = await find(2, 9);
  expect(readable).toEqual([
    [2, 4],
    [7, 9],
  ]);
  expect(unreadable).toMatchObject([{ from: 5, to: 6 }]);
  expect(unreadable[0]!.evidence).toMatch(new RegExp(`^damaged ${blockKey('b1', 5)}: .+[^;]$`));
});

it('a damaged block that begins before what is asked, or is the last of all, is evidence too', async () => {
  await damage(5);
  await damage(19);
  for (const range of [
    [6, 6],
    [20, 20],
  ] as const) {
    const { unreadable } = await find(range[0], range[1]);
    expect(unreadable).toMatchObject([{ from: range[0], to: range[1] }]);
    expect(unreadable[0]!.evidence).toContain(`damaged ${blockKey('b1', range[0] - 1)}`);
  }
});

it('a damaged block elsewhere is no evidence', async () => {
  await damage(5);
  await remove(9, 13);
  await damage(17);
  const { unreadable } = await find(1, 20);
  expect(unreadable.map(({ from, to }) => [from, to])).toEqual([
    [5, 6],
    [9, 10],
    [13, 14],
    [17, 18],
  ]);
  expect(unreadable[1]!.evidence).toBe('nothing between the block from 7 and the block from 11');
  expect(unreadable[2]!.evidence).toBe('nothing between the block from 11 and the block from 15');
});

it('five damaged blocks are named, the others counted', async () => {
  for (const seq of [3, 5, 7, 9, 11]) await damage(seq);
  expect((await find(1, 20)).unreadable[0]!.evidence).not.toContain('more blocks');
  for (const seq of [13, 15]) await damage(seq);
  const [{ evidence } = { evidence: '' }] = (await find(1, 20)).unreadable;
  expect(evidence.match(/b!b1!/g)).toHaveLength(5);
  expect(evidence).toMatch(/; and 2 more blocks$/);
});

it('blocks that are gone are named by their neighbours, where they have any', async () => {
  await remove(1, 3, 17, 19);
  const { readable, unreadable } = await find(1, 20);
  expect(readable).toEqual([[5, 16]]);
  expect(unreadable).toEqual([
    { from: 1, to: 4, evidence: 'nothing between the block from the start and the block from 5' },
    { from: 17, to: 20, evidence: 'nothing between the block from 15 and the block from the end' },
  ]);
});
