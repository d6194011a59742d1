import fc from 'fast-check';
import { expect, it } from 'vitest';
import { retryDelays } from './retry.ts';

function first(count: number, plan: { firstMs: number; maxMs: number }, random: () => number): number[] {
  const delays = retryDelays(plan, random);
  return Array.from({ length: count }, () => delays.next().value);
}

it('doubles up to the longest wait, and stays there', () => {
  expect(first(7, { firstMs: 1_000, maxMs: 10_000 }, () => 1 - 1e-12)).toEqual([
    1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000,
  ]);
});

it('waits at least half of that', () => {
  expect(first(5, { firstMs: 1_000, maxMs: 10_000 }, () => 0)).toEqual([500, 1_000, 2_000, 4_000, 5_000]);
});

it('never waits longer than the longest wait, whatever comes first', () => {
  const plan = fc.record({
    firstMs: fc.integer({ min: 1, max: 1e6 }),
    maxMs: fc.integer({ min: 1, max: 1e6 }),
  });
  fc.assert(
    fc.property(plan, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (given, chance) => {
      for (const delay of first(30, given, () => chance)) {
        expect(delay).toBeLessThanOrEqual(given.maxMs);
        expect(delay).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});
