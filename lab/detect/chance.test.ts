import { expect, test } from 'vitest';
import { chanceOf } from './chance.ts';
import type { Label } from './series.ts';
import type { FoundEvent } from './system.ts';

const label: Label = { from: 5, to: 5, kind: 'unknown', what: 'label' };
const event = (start: number, end: number): FoundEvent => ({
  kind: 'process',
  cause: 'spike',
  properties: ['p'],
  decidedAt: start,
  value: 0,
  expected: 0,
  start,
  end,
});
const settings = { scored: { from: 0, to: 100 }, tolerance: 0, shifts: 99 };

test('chance finds as much as the share of time that is told', () => {
  expect(chanceOf([event(0, 49.9)], [label], settings)[0]).toBeCloseTo(0.5, 1);
  expect(chanceOf([event(0, 100)], [label], settings)).toEqual([1]);
  expect(chanceOf([], [label], settings)).toEqual([0]);
});

test('the label’s own place is not counted', () => {
  expect(chanceOf([event(4.9, 5.1)], [label], settings)).toEqual([0]);
});
