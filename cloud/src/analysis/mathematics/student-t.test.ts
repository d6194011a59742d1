import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { quantileOfStudentT } from './student-t.ts';

// Computed with mpmath at 60 digits, by bisection on the regularised incomplete beta function.
const oracle = readFileSync(new URL('./student-t.oracle.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(',').map(Number) as [number, number, number]);

it('equals an oracle of 260 quantiles to 1e-12, from one to a million degrees of freedom', () => {
  expect(oracle).toHaveLength(260);
  for (const [p, degrees, quantile] of oracle) {
    expect(
      Math.abs(quantileOfStudentT(p, degrees) / quantile - 1),
      `p ${p}, ${degrees} degrees`,
    ).toBeLessThan(1e-12);
  }
});

it('equals the quantiles published by R', () => {
  expect(quantileOfStudentT(0.95, 5)).toBeCloseTo(2.015048373333, 11);
  expect(quantileOfStudentT(0.9999, 10)).toBeCloseTo(5.693820101458, 11);
  expect(quantileOfStudentT(1 - 0.05 / 672, 334)).toBeCloseTo(3.837186351199, 11);
});

it('is odd around one half', () => {
  expect(quantileOfStudentT(0.5, 7)).toBe(0);
  expect(quantileOfStudentT(0.25, 7)).toBe(-quantileOfStudentT(0.75, 7));
});

it.each([
  [0, 5],
  [1, 5],
  [Number.NaN, 5],
  [0.5, 0],
])('refuses p %d with %d degrees', (p, degrees) => {
  expect(() => quantileOfStudentT(p, degrees)).toThrow(RangeError);
});
