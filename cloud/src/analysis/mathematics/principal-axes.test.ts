import fc from 'fast-check';
import { expect, it } from 'vitest';
import { principalAxes } from './principal-axes.ts';

it('the axes of a known ellipse, the longest first', () => {
  // Variance 9 along (1, 1), 1 along (1, −1).
  const [first, second] = principalAxes(Float64Array.of(5, 4, 4, 5), 2, 1);
  expect(Math.abs(first![0]!)).toBeCloseTo(Math.SQRT1_2);
  expect(first![0]! * first![1]!).toBeCloseTo(0.5);
  expect(second![0]! * second![1]!).toBeCloseTo(-0.5);
});

it('no more axes than hold the share that is asked for, and none where nothing varies', () => {
  expect(principalAxes(Float64Array.of(9, 0, 0, 1), 2, 0.9)).toHaveLength(1);
  expect(principalAxes(Float64Array.of(9, 0, 0, 1), 2, 0.95)).toHaveLength(2);
  expect(principalAxes(new Float64Array(9), 3, 0.9)).toEqual([]);
});

it('every axis is unit long, square to the others, and turned by nothing but its length', () => {
  const size = 4;
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 24, maxLength: 24 }),
      (x) => {
        const covariance = new Float64Array(size * size);
        for (let i = 0; i < size; i++) {
          for (let j = 0; j < size; j++) {
            for (let k = 0; k < 6; k++) covariance[i * size + j]! += x[k * size + i]! * x[k * size + j]!;
          }
        }
        const axes = principalAxes(covariance, size, 1);
        axes.forEach((axis, a) => {
          axes.forEach((other, b) => {
            const product = axis.reduce((sum, value, i) => sum + value * other[i]!, 0);
            expect(product).toBeCloseTo(a === b ? 1 : 0, 9);
          });
          const turned = Float64Array.from({ length: size }, (_, i) =>
            axis.reduce((sum, value, j) => sum + covariance[i * size + j]! * value, 0),
          );
          const length = turned.reduce((sum, value, i) => sum + value * axis[i]!, 0);
          for (let i = 0; i < size; i++) expect(turned[i]!).toBeCloseTo(length * axis[i]!, 6);
        });
      },
    ),
    { numRuns: 50 },
  );
});
