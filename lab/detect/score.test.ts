import { expect, test } from 'vitest';
import { bootstrap } from './bootstrap.ts';
import { fHalf, scoreOf } from './score.ts';
import type { Tally } from './tally.ts';

const week: Tally = {
  part: 'training',
  months: 0.25,
  time: 100,
  timeInEvents: 10,
  right: 1,
  false: 1,
  labels: 2,
  hits: 1,
  ownHits: 1,
  chanceHits: 0.2,
  alerts: 2,
  delays: [3],
};

test('weeks are added up before anything is divided', () => {
  const quiet: Tally = { ...week, right: 0, false: 0, labels: 0, hits: 0, ownHits: 0, alerts: 0, delays: [] };
  expect(scoreOf([week, { ...quiet, timeInEvents: 0, chanceHits: 0 }])).toMatchObject({
    months: 0.5,
    labels: 2,
    events: 2,
    falsePerMonth: 2,
    precision: 0.5,
    recall: 0.5,
    chance: 0.1,
    delay: 3,
    alertsPerEvent: 2,
    shareOfTime: 0.05,
  });
});

test('F0.5 is nearer to precision than to recall', () => {
  expect(fHalf(0.5, 0.5)).toBeCloseTo(0.5, 12);
  expect(fHalf(1, 0.5)).toBeCloseTo(0.8333, 4);
  expect(fHalf(0.5, 1)).toBeCloseTo(0.5556, 4);
  expect(fHalf(Number.NaN, 0)).toBe(0);
  expect(fHalf(0, Number.NaN)).toBeNaN();
});

test('intervals hold the score, are the same in each run, and are a point where all weeks are the same', () => {
  const weeks = Array.from({ length: 30 }, (_, w) => ({ ...week, false: w % 3 }));
  const intervals = bootstrap(weeks);
  const [low, high] = intervals.falsePerMonth;
  expect(low).toBeLessThan(4);
  expect(high).toBeGreaterThan(4);
  expect(high - low).toBeGreaterThan(0.5);
  expect(bootstrap(weeks)).toEqual(intervals);
  expect(bootstrap([week, week]).recall).toEqual([0.5, 0.5]);
});

test('without weeks, or where a score never exists, there is no interval', () => {
  expect(bootstrap([]).recall).toEqual([Number.NaN, Number.NaN]);
  expect(bootstrap([{ ...week, labels: 0, hits: 0 }]).recall).toEqual([Number.NaN, Number.NaN]);
});
