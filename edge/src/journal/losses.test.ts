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

it.each<[range: [number, number], rest: LostRange[], touched: boolean]>([
  [[1, 3], [[4, 6, full]], false],
  [[4, 4], [[5, 6, full]], true],
  [[6, 9], [[4, 5, full]], true],
  [
    [5, 5],
    [
      [4, 4, full],
      [6, 6, full],
    ],
    true,
  ],
  [[4, 6], [], true],
  [[1, 9], [], true],
  [[7, 9], [[4, 6, full]], false],
])('taking %j out of 4 to 6 leaves %j', (range, rest, touched) => {
  const lost: LostRange[] = [[4, 6, full]];
  expect(removeLoss(lost, range)).toBe(touched);
  expect(lost).toEqual(rest);
});

it('the losses before and behind stay, in their order', () => {
  const lost: LostRange[] = [
    [1, 2, full],
    [4, 6, unreadable],
    [9, 9, full],
  ];
  expect(removeLoss(lost, [5, 6])).toBe(true);
  expect(lost).toEqual([
    [1, 2, full],
    [4, 4, unreadable],
    [9, 9, full],
  ]);
});
