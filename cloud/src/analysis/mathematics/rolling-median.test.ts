import fc from 'fast-check';
import { expect, it } from 'vitest';
import { median, medianAbsoluteDeviation } from './median.ts';
import { RollingMedian } from './rolling-median.ts';

it('is at each step what median and MAD of the last values are', () => {
  const value = fc.oneof(
    fc.integer({ min: -9, max: 9 }),
    fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
    fc.constant(Number.NaN),
  );
  fc.assert(
    fc.property(fc.array(value, { maxLength: 90 }), fc.integer({ min: 1, max: 25 }), (values, window) => {
      const rolling = new RollingMedian(window);
      values.forEach((next, i) => {
        rolling.push(next);
        const last = Float64Array.from(values.slice(Math.max(0, i + 1 - window), i + 1)).filter(
          (v) => !Number.isNaN(v),
        );
        expect(rolling.count).toBe(last.length);
        expect(rolling.median()).toBe(median(last));
        expect(rolling.medianAbsoluteDeviation()).toBe(medianAbsoluteDeviation(last, 1));
      });
    }),
    { numRuns: 500 },
  );
});

it('refuses a window without a value', () => {
  expect(() => new RollingMedian(0)).toThrow(RangeError);
});
