import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type EsdOptions, findOutliers } from './generalised-esd.ts';
import { findOutliersByDefinition } from './generalised-esd-definition.ts';

const options = fc.record({
  share: fc.double({ min: 0, max: 0.49, noNaN: true }),
  alpha: fc.constantFrom(0.001, 0.05, 0.3),
  direction: fc.constantFrom('both', 'pos', 'neg'),
  smallestMad: fc.constantFrom(0, 0, 0.5),
});
// Whole numbers give many equal values and equal distances on both sides; fractions are those of a sensor, since
// where rounding makes two different values equally extreme, nothing says which of them is meant.
const value = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -6, max: 6 }) },
  { weight: 2, arbitrary: fc.integer({ min: -80, max: 80 }) },
  { weight: 1, arbitrary: fc.integer({ min: -1e6, max: 1e6 }).map((n) => n / 1000) },
);

it('finds what the definition finds, value by value, for any values', () => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 3, maxLength: 120 }), options, (list, { share, ...rest }) => {
      const values = Float64Array.from(list);
      const wanted: EsdOptions = {
        ...rest,
        most: Math.min(Math.trunc(values.length * share), values.length - 2),
      };
      expect([...findOutliers(values, wanted)]).toEqual([...findOutliersByDefinition(values, wanted)]);
    }),
    { numRuns: 2_000 },
  );
});

it('takes the largest number of removals that ends with a significant one, not only the significant ones', () => {
  // Rosner’s masking: neither of two equal outliers need stand out while the other is there.
  const values = Float64Array.from([0, 1, -1, 0.5, -0.5, 0.2, -0.2, 0.8, -0.8, 0.1, 9, 9.1]);
  expect([...findOutliers(values, { most: 3, alpha: 0.05, direction: 'both' })]).toEqual([11, 10]);
});

it('stops where the MAD is 0, unless it has a floor', () => {
  const values = Float64Array.from({ length: 40 }, (_, i) => (i === 7 ? 30 : 0));
  expect(findOutliers(values, { most: 4, alpha: 0.05, direction: 'both' })).toHaveLength(0);
  expect([...findOutliers(values, { most: 4, alpha: 0.05, direction: 'both', smallestMad: 0.1 })]).toEqual([
    7,
  ]);
});

it('refuses values that are not finite, and more outliers than there is rest', () => {
  const wanted = { most: 1, alpha: 0.05, direction: 'both' } as const;
  expect(() => findOutliers(Float64Array.from([1, Number.NaN, 3]), wanted)).toThrow(RangeError);
  expect(() => findOutliers(new Float64Array(3), { ...wanted, most: 2 })).toThrow(RangeError);
});
