import { expect, test } from 'vitest';
import { describeProgress } from './progress.ts';

test('tells part, count, rate and time left', () => {
  const sample = { part: 25, total: 100, readings: 31_000 };
  expect(describeProgress(sample, 2, 'acknowledged')).toBe(
    '25%, 31,000 readings acknowledged, 15,500/s, 6 s left',
  );
});

test('promises no end where there is none, and none before anything is done', () => {
  expect(describeProgress({ part: 5, total: undefined, readings: 5 }, 10, 'written')).toBe(
    '5 readings written, 0.5/s',
  );
  expect(describeProgress({ part: 5, total: 10, readings: 0 }, 10, 'written')).toBe(
    '50%, 0 readings written, 0/s',
  );
});
