import { expect, it } from 'vitest';
import { nextAfter } from './scan-windows.ts';

it.each([
  [0, Number.MIN_VALUE],
  [-0, Number.MIN_VALUE],
  [1, 1 + Number.EPSILON],
  [-1, -1 + Number.EPSILON / 2],
  [-Number.MIN_VALUE, -0],
  [1_767_225_600_000, 1_767_225_600_000 + 2 ** -12],
])('the next greater number after %d', (value, next) => {
  expect(nextAfter(value)).toBe(next);
});
