import { expect, test } from 'vitest';
import { firstInEachStep } from './hourly.ts';

const grid = (times: number[], values: number[]) => firstInEachStep(times, values, 60);

test('takes the first value of each hour with its own time', () => {
  const { times, values } = grid([60, 75, 119, 125], [1, 2, 3, 4]);
  expect([...values]).toEqual([1, 4]);
  expect([...times]).toEqual([60, 125]);
});

test('a missing value is not the first of its hour', () => {
  const { times, values } = grid([0, 15, 60], [Number.NaN, 2, 3]);
  expect([...values]).toEqual([2, 3]);
  expect(times[0]).toBe(15);
});

test('lays a straight line over hours without a value, and repeats the nearest at the ends', () => {
  const { times, values } = grid([0, 60, 250, 300], [Number.NaN, 1, 4, Number.NaN]);
  expect([...values]).toEqual([1, 1, 2, 3, 4, 4]);
  expect(times[2]).toBe(120);
});

test('nothing in, nothing out', () => {
  expect(grid([], []).values).toHaveLength(0);
  expect(grid([0, 60], [Number.NaN, Number.NaN]).values).toHaveLength(0);
});
