import { expect, it } from 'vitest';
import { hourMs } from '../time-units.ts';
import { flatLineLimitsOf, judgeFlatLine, noFlatRun } from './flat-line.ts';

const settings = { suspect: 3 * hourMs, bad: 5 * hourMs, tolerance: 0.01 };

/** Pairs of hour and value; gaps are longer than two hours. */
function judge(readings: readonly (readonly [hours: number, value: number])[], limits = settings): string {
  const run = noFlatRun();
  return readings
    .map(([hours, value]) => judgeFlatLine(flatLineLimitsOf(limits), run, 2 * hourMs, value, hours * hourMs))
    .join('');
}

it('suspects a value that has not changed for long enough, and finds it bad later', () => {
  expect(judge([0, 1, 2, 3, 4, 5, 6].map((hours) => [hours, 7]))).toBe('1113344');
});

it('takes changes within the tolerance for none', () => {
  expect(judge([7, 7.01, 7, 7.01].map((value, hours) => [hours, value]))).toBe('1113');
});

it('starts again when the value leaves the tolerance', () => {
  expect(judge([7, 7, 7, 7.02, 7.02, 7.02, 7.02].map((value, hours) => [hours, value]))).toBe('1111113');
});

it('does not take a slow drift for a flat line', () => {
  for (const step of [0.008, -0.008]) {
    expect(judge([0, 1, 2, 3, 4, 5, 6, 7].map((hours) => [hours, 7 + hours * step]))).toBe('11111111');
  }
});

it('measures the tolerance from lowest to highest, not from the first value', () => {
  for (const sign of [1, -1]) {
    const values = [7, 7 + sign * 0.008, 7 - sign * 0.008, 7 + sign * 0.008, 7 - sign * 0.008];
    const readings = values.map((value, hours) => [hours, value] as const);
    expect(judge(readings, { ...settings, suspect: 2 * hourMs })).toBe('11111');
  }
});

it('takes equal values for flat where the tolerance is 0', () => {
  expect(
    judge(
      [0, 1, 2, 3].map((hours) => [hours, 7]),
      { ...settings, tolerance: 0 },
    ),
  ).toBe('1113');
});

it('does not count the time of a gap, and goes on counting after it', () => {
  expect(
    judge([
      [0, 7],
      [1, 7],
      [100, 7],
      [101, 7],
      [102, 7],
    ]),
  ).toBe('11113');
});

it('judges nothing where it is not set', () => {
  const run = noFlatRun();
  const flat = [0, 1000, 2000].map((hours) =>
    judgeFlatLine(flatLineLimitsOf(undefined), run, Number.POSITIVE_INFINITY, 7, hours * hourMs),
  );
  expect(flat).toEqual([1, 1, 1]);
});
