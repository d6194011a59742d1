import fc from 'fast-check';
import { expect, it } from 'vitest';
import { flags } from '../reading/flag.ts';
import { limitsOf } from './limits.ts';
import { judgeSpike, noRecentValues, rememberRecent } from './spike.ts';

/** Judges a whole series in the way that a value test does. */
function judge(values: readonly number[], settings = { suspect: 1, bad: 10 }): string {
  const recent = noRecentValues();
  let lastGood = Number.NaN;
  return values
    .map((value) => {
      const flag = judgeSpike(limitsOf(settings), recent, lastGood, value);
      rememberRecent(recent, value);
      if (flag === flags.good) lastGood = value;
      return flag;
    })
    .join('');
}

it('blames a spike when it arrives and not the value after it', () => {
  expect(judge([5, 5, 5, 7, 5, 5])).toBe('111311');
  expect(judge([5, 5, 5, 70, 5, 5])).toBe('111411');
});

it('blames both readings of a spike of two, and not the return', () => {
  expect(judge([5, 5, 5, 7, 7, 5, 5, 5])).toBe('11133111');
});

it('blames two readings of a real step at most, also of one above the bad limit', () => {
  expect(judge([5, 5, 5, 8, 8, 8, 8])).toBe('1113311');
  expect(judge([5, 5, 5, 80, 80, 80, 80])).toBe('1114411');
});

it('does not blame a slow rise', () => {
  expect(judge([1, 2, 3, 4, 5, 6, 7])).toBe('1111111');
});

it('compares with the middle one of the last three, in whatever order they came', () => {
  for (const order of [
    [1, 5, 9],
    [1, 9, 5],
    [5, 1, 9],
    [5, 9, 1],
    [9, 1, 5],
    [9, 5, 1],
  ]) {
    const recent = noRecentValues();
    for (const value of [100, ...order]) rememberRecent(recent, value);
    const judged = [3, 5, 7].map((value) => judgeSpike(limitsOf({ suspect: 1 }), recent, Number.NaN, value));
    expect(judged).toEqual([3, 1, 3]);
  }
});

it('is suspect at most while there are fewer than three values to compare with', () => {
  expect(judge([5, 500, 5])).toBe('131');
  expect(judge([5])).toBe('1');
});

it('never blames more than two readings of a step of any size', () => {
  const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(value, value, fc.integer({ min: 1, max: 9 }), (from, to, before) => {
      const said = judge([...Array(before).fill(from), ...Array(8).fill(to)]);
      expect([...said].filter((flag) => flag !== '1').length).toBeLessThanOrEqual(2);
    }),
  );
});

it('never blames the neighbours of a spike, however big it is (the condition of return of traval)', () => {
  const noise = fc.double({ min: -0.4, max: 0.4, noNaN: true });
  const size = fc.double({ min: 3, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(noise, { minLength: 7, maxLength: 7 }),
      size,
      fc.boolean(),
      (around, height, isUp) => {
        const values = around.map((value) => 5 + value);
        values[3]! += isUp ? height : -height;
        expect(judge(values)).toMatch(/^111[34]111$/);
      },
    ),
  );
});
