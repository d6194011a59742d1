import { expect, it } from 'vitest';
import { isOutside, rangeOf } from './range.ts';

it('counts both bounds as inside', () => {
  const range = rangeOf([0, 14]);
  expect([-0.01, 0, 14, 14.01].map((value) => isOutside(range, value))).toEqual([true, false, false, true]);
});

it('finds nothing outside where no range is set', () => {
  expect(isOutside(rangeOf(undefined), -Number.MAX_VALUE)).toBe(false);
});
