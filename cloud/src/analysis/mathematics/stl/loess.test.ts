import { expect, it } from 'vitest';
import { zeros } from './doubles.ts';
import { Loess } from './loess.ts';

const points = Array.from({ length: 60 }, (_, i) => i);

it.each([
  [1, (x: number) => 3 - 0.5 * x],
  [2, (x: number) => 3 - 0.5 * x + 0.02 * x * x],
] as const)('degree %d goes through every polynomial of that degree, beyond the ends, too', (degree, law) => {
  const values = points.map(law);
  const smooth = zeros(60);
  const loess = new Loess(60, { window: 15, degree, jump: 1 });
  loess.smooth(values, smooth);
  values.forEach((value, i) => {
    expect(smooth[i]).toBeCloseTo(value, 9);
  });
  expect(loess.fit(values, -1, 0)).toBeCloseTo(law(-1), 9);
  expect(loess.fit(values, 60, 45)).toBeCloseTo(law(60), 9);
});

it('degree 0 is a weighted mean', () => {
  const loess = new Loess(5, { window: 5, degree: 0, jump: 1 });
  // Tricube weights around the middle of five: nothing at the ends, (1 − 1/8)³ beside it.
  const side = (1 - 1 / 8) ** 3;
  expect(loess.fit([9, 1, 2, 4, 9], 2, 0)).toBeCloseTo((side * 5 + 2) / (2 * side + 1), 12);
});

it('values between the grid of a jump are interpolated', () => {
  const values = points.map((x) => Math.sin(x));
  const every = zeros(60);
  const jumped = zeros(60);
  new Loess(60, { window: 9, degree: 1, jump: 1 }).smooth(values, every);
  new Loess(60, { window: 9, degree: 1, jump: 4, keepsWeights: true }).smooth(values, jumped);
  expect(jumped[8]).toBe(every[8]);
  expect(jumped[9]).toBeCloseTo(every[8]! + (every[12]! - every[8]!) / 4, 12);
});

it('a value stays where its window has no weight', () => {
  const smooth = zeros(3);
  new Loess(3, { window: 3, degree: 1, jump: 1 }).smooth([1, 7, 2], smooth, zeros(3));
  expect([...smooth]).toEqual([1, 7, 2]);
});

it('refuses a window of nothing', () => {
  expect(() => new Loess(9, { window: 0, degree: 1, jump: 1 })).toThrow(RangeError);
});
