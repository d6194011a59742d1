import fc from 'fast-check';
import { expect, it } from 'vitest';
import { median, medianAbsoluteDeviation } from './median.ts';
import { sortPartially, sumOfMiddle } from './partial-sort.ts';
import { quantile } from './quantile.ts';

const list = fc.array(
  // Zeros of either sign are equal in every order; which of them a median is says nothing.
  fc
    .oneof(fc.integer({ min: -20, max: 20 }), fc.double({ noNaN: true, min: -1e9, max: 1e9 }))
    .map((v) => v + 0),
  {
    minLength: 1,
    maxLength: 800,
  },
);

it('median and quantiles are those of the sorted values, which stay as they are', () => {
  fc.assert(
    fc.property(list, (numbers) => {
      const values = Float64Array.from(numbers);
      const sorted = Float64Array.from(numbers).sort();
      const half = values.length >> 1;
      const middle = values.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
      expect(median(values)).toBe(middle);
      expect(quantile(values, 0)).toBe(sorted[0]);
      expect(quantile(values, 1)).toBe(sorted.at(-1));
      expect([...values]).toEqual(numbers);
    }),
  );
});

it('quantiles lie on the line between their neighbours', () => {
  expect(quantile(Float64Array.from([4, 1, 2, 3]), 0.95)).toBeCloseTo(3.85, 12);
});

it('the MAD is scaled to a Gaussian', () => {
  expect(medianAbsoluteDeviation(Float64Array.from([1, 1, 2, 2, 4, 6, 9]), 1)).toBe(1);
  expect(medianAbsoluteDeviation(Float64Array.from([1, 1, 2, 2, 4, 6, 9]))).toBe(1.4826);
  expect(median(new Float64Array(0))).toBeNaN();
});

it('a partial sort brings ascending ranks into their places', () => {
  fc.assert(
    fc.property(list, (numbers) => {
      const ranks = [...new Set([0, numbers.length >> 2, numbers.length >> 1, numbers.length - 1])];
      const values = [...numbers];
      sortPartially(values, ranks);
      const sorted = Float64Array.from(numbers).sort();
      expect(ranks.map((rank) => values[rank])).toEqual(ranks.map((rank) => sorted[rank]));
      expect(Float64Array.from(values).sort()).toEqual(sorted);
    }),
  );
});

it('of an odd number, the middle value counts twice', () => {
  expect(sumOfMiddle([5, 1, 9])).toBe(10);
});
