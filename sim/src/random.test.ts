import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from './random.ts';

const take = (count: number, draw: () => number) => Array.from({ length: count }, draw);

test('the same seed gives the same numbers, on every machine', () => {
  expect(take(50, createRandom('a').next)).toEqual(take(50, createRandom('a').next));
  expect(take(3, createRandom(1).next).map((value) => value.toFixed(9))).toMatchInlineSnapshot(`
    [
      "0.045197676",
      "0.649645229",
      "0.577303642",
    ]
  `);
});

test('another seed, however near, gives other numbers', () => {
  const firsts = new Set(take(1000, () => 0).map((_, seed) => createRandom(seed).next()));
  expect(firsts.size).toBe(1000);
});

test('numbers are spread evenly from 0 to 1', () => {
  const { next } = createRandom(7);
  const bins = new Array<number>(10).fill(0);
  for (const value of take(20_000, next)) bins[Math.floor(value * 10)]!++;
  for (const bin of bins) expect(Math.abs(bin - 2000)).toBeLessThan(200);
});

test('gaussian and exponential draws have their mean and spread', () => {
  const random = createRandom(7);
  const normal = take(20_000, random.gaussian);
  const mean = normal.reduce((a, b) => a + b) / normal.length;
  expect(mean).toBeCloseTo(0, 1);
  expect(Math.sqrt(normal.reduce((sum, value) => sum + (value - mean) ** 2, 0) / normal.length)).toBeCloseTo(
    1,
    1,
  );
  expect(take(20_000, random.exponential).reduce((a, b) => a + b) / 20_000).toBeCloseTo(1, 1);
});

test('between stays inside its bounds', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: -50, max: 50 }), fc.nat(20), (seed, low, width) => {
      const value = createRandom(seed).between(low, low + width);
      return Number.isInteger(value) && value >= low && value <= low + width;
    }),
  );
});
