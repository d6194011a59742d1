import { expect, it } from 'vitest';
import { hourMs } from '../time-units.ts';
import { limitsOf } from './limits.ts';
import { judgeRate, noReference, type Reference } from './rate-of-change.ts';

const limits = limitsOf({ suspect: 1, bad: 5 });

function judge(lastGood: Reference, previous: Reference, value: number, atHours: number) {
  return judgeRate(limits, lastGood, previous, 2 * hourMs, value, atHours * hourMs);
}

const at = (value: number, hours: number): Reference => ({ value, at: hours * hourMs });

it('counts the change per hour, whatever the time between two readings', () => {
  const before = at(10, 1);
  expect(judge(before, before, 11, 2)).toBe(1);
  expect(judge(before, before, 11, 1.5)).toBe(3);
  expect(judge(before, before, 12, 3)).toBe(1);
  expect(judge(before, before, 4, 2)).toBe(4);
});

it('does not blame the return from a spike', () => {
  expect(judge(at(10, 1), at(30, 2), 10.1, 3)).toBe(1);
});

it('does not blame the readings after a step', () => {
  expect(judge(at(10, 1), at(30, 2), 30, 3)).toBe(1);
});

it('blames each reading of a rise that goes on too fast, also when the last good one is long ago', () => {
  expect(judge(at(10, 1), at(16, 4), 18, 5)).toBe(3);
});

it('judges nothing across a gap, nor without a value before', () => {
  expect(judge(at(10, 1), at(10, 1), 90, 3.1)).toBe(1);
  expect(judge(noReference(), noReference(), 90, 3)).toBe(1);
});
