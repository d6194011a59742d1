import { expect, it } from 'vitest';
import { Checkpoints } from './checkpoints.ts';
import { slices } from './slices.ts';

it('adds up what is not handled in the partitions that are ours', () => {
  const checkpoints = new Checkpoints();
  checkpoints.reaches(0, 10);
  checkpoints.reaches(1, 20);
  checkpoints.reaches(2, 5);
  expect(checkpoints.lag).toBe(0);
  checkpoints.assign(
    new Map([
      [0, 4],
      [1, 20],
    ]),
  );
  expect(checkpoints.lag).toBe(6);
  checkpoints.handled(0, 9);
  checkpoints.reaches(0, 8);
  expect(checkpoints.lag).toBe(1);
});

it('gives up partitions that went to another member, and takes their kept checkpoint when they come back', () => {
  const checkpoints = new Checkpoints();
  checkpoints.assign(
    new Map([
      [0, 0],
      [1, 0],
    ]),
  );
  checkpoints.reaches(0, 10);
  checkpoints.reaches(1, 10);
  checkpoints.handled(1, 3);
  checkpoints.assign(new Map([[0, 0]]));
  expect(checkpoints.lag).toBe(10);
  expect(checkpoints.isOurs(1)).toBe(false);
  checkpoints.assign(
    new Map([
      [0, 0],
      [1, 8],
    ]),
  );
  expect(checkpoints.lag).toBe(12);
});

it('says which partitions are behind, by our own count or by what others have kept', () => {
  const checkpoints = new Checkpoints();
  checkpoints.assign(new Map([[0, 5]]));
  const ends = new Map([
    [0, 6],
    [1, 7],
    [2, 0],
  ]);
  expect(checkpoints.behind(ends, new Map([[0, 6]]))).toEqual([0, 1]);
  checkpoints.handled(0, 6);
  expect(checkpoints.behind(ends, new Map([[1, 7]]))).toEqual([]);
});

it('counts the entries that were removed before they were handled', () => {
  const checkpoints = new Checkpoints();
  checkpoints.assign(new Map([[0, 5]]));
  expect(checkpoints.comesTo(0, 5)).toBe(0);
  expect(checkpoints.comesTo(0, 12)).toBe(7);
  expect(checkpoints.comesTo(0, 12)).toBe(0);
  // After a rebalance some come once more.
  expect(checkpoints.comesTo(0, 3)).toBe(0);
});

it('cuts messages into runs of so many bytes, of one at least', () => {
  const messages = [3, 3, 3, 20, 1, 1].map((size) => ({ value: Buffer.alloc(size) }));
  const sizes = (maxBytes: number) =>
    [...slices(messages, maxBytes)].map((slice) => slice.map(({ value }) => value.length));
  expect(sizes(6)).toEqual([
    [3, 3],
    [3, 20],
    [1, 1],
  ]);
  expect(sizes(1)).toEqual([[3], [3], [3], [20], [1], [1]]);
  expect([...slices([{ value: null }], 5)]).toEqual([[{ value: null }]]);
});
