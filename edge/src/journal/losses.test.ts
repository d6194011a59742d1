import type { Range } from '@wellhead/protocol';
import { expect, it } from 'vitest';
import { addLoss, type LostRange, removeLoss } from './losses.ts';

const full = 'journal-full';
const unreadable = 'unreadable';

it('a loss that goes on where the last one ended, for the same reason, is one with it', () => {
  const lost: LostRange[] = [];
  addLoss(lost, [1, 2], full);
  addLoss(lost, [3, 5], full);
  addLoss(lost, [6, 6], unreadable);
  addLoss(lost, [8, 8], unreadable);
  expect(lost).toEqual([
    [1, 5, full],
    [6, 6, unreadable],
    [8, 8, unreadable],
  ]);
});

it.each<[range: Range, rest: LostRange[], taken: Range[]]>([
  [[1, 3], [[4, 6, full]], []],
  [[4, 4], [[5, 6, full]], [[4, 4]]],
  [[6, 9], [[4, 5, full]], [[6, 6]]],
  [
    [5, 5],
    [
      [4, 4, full],
      [6, 6, full],
    ],
    [[5, 5]],
  ],
  [[4, 6], [], [[4, 6]]],
  [[1, 9], [], [[4, 6]]],
  [[7, 9], [[4, 6, full]], []],
  [[6, 4], [[4, 6, full]], []],
])('taking %j out of 4 to 6 leaves %j and gives %j', (range, rest, taken) => {
  const lost: LostRange[] = [[4, 6, full]];
  expect(removeLoss(lost, range)).toEqual(taken);
  expect(lost).toEqual(rest);
});

it('the losses before and behind stay, in their order', () => {
  const lost: LostRange[] = [
    [1, 2, full],
    [4, 6, unreadable],
    [9, 9, full],
  ];
  expect(removeLoss(lost, [5, 6])).toEqual([[5, 6]]);
  expect(lost).toEqual([
    [1, 2, full],
    [4, 4, unreadable],
    [9, 9, full],
  ]);
});
