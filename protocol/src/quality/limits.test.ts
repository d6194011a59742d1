import { expect, it } from 'vitest';
import { flagAbove, limitsOf } from './limits.ts';

it('is good at a limit, suspect above the first and bad above the second', () => {
  const limits = limitsOf({ suspect: 1, bad: 2 });
  expect([1, 1.001, 2, 2.001].map((amount) => flagAbove(limits, amount))).toEqual([1, 3, 3, 4]);
});

it('is at the limit for decimals that differ by it, whatever binary makes of them', () => {
  expect(16.68 - 16.38).toBeGreaterThan(0.3);
  expect(flagAbove(limitsOf({ suspect: 0.3 }), 16.68 - 16.38)).toBe(1);
});

it('blames nothing where no limit is set', () => {
  expect(flagAbove(limitsOf(undefined), 1e300)).toBe(1);
});
