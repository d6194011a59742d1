import fc from 'fast-check';
import { expect, it } from 'vitest';
import { causeName } from '../reading/cause.ts';
import { minuteMs } from '../time-units.ts';
import { judgeTime, readingTimesOf, timeFlagOf } from './reading-time.ts';

const hour = 60 * minuteMs;

function judge(readings: readonly (readonly [measuredAt: number, receivedAt: number])[]): string[] {
  const times = readingTimesOf(5 * minuteMs, 2 * hour);
  return readings.map(([measuredAt, receivedAt]) => {
    const cause = judgeTime(times, measuredAt, receivedAt);
    return `${timeFlagOf(cause)} ${causeName(cause)}`;
  });
}

const onArrival = (measuredAt: number) => [measuredAt, measuredAt] as const;

it('finds readings in order good, the first one too', () => {
  expect(judge([10 * hour, 11 * hour, 13 * hour].map(onArrival))).toEqual(['1 none', '1 none', '1 none']);
});

it('names a gap at the reading after it, which stays good', () => {
  expect(judge([onArrival(10 * hour), onArrival(12 * hour + 1)])).toEqual(['1 none', '1 gap']);
});

it('suspects a second reading of the same moment, and one of an earlier moment', () => {
  expect(judge([onArrival(2 * hour), [2 * hour, 3 * hour], [hour, 3 * hour]])).toEqual([
    '1 none',
    '3 duplicate-time',
    '3 backwards-time',
  ]);
});

it('finds a reading from the future bad, and those after it in order as if it had not been', () => {
  expect(judge([onArrival(hour), [900 * hour, 2 * hour], onArrival(2 * hour), onArrival(3 * hour)])).toEqual([
    '1 none',
    '4 future-time',
    '1 none',
    '1 none',
  ]);
});

it('allows a sensor clock to be ahead by as much as is set', () => {
  expect(judge([[hour + 5 * minuteMs, hour]])).toEqual(['1 none']);
});

it('starts again after the gateway clock was set back', () => {
  expect(judge([onArrival(9000 * hour), onArrival(hour), onArrival(2 * hour)])).toEqual([
    '1 none',
    '1 none',
    '1 none',
  ]);
});

it('never blames a reading in order for bad times before it', () => {
  const bad = fc.constantFrom('duplicate', 'backwards', 'future') as fc.Arbitrary<
    'duplicate' | 'backwards' | 'future'
  >;
  fc.assert(
    fc.property(fc.array(bad), (kinds) => {
      const now = 100 * hour;
      const moments = { duplicate: now, backwards: now - hour, future: now + 50 * hour };
      const readings = kinds.map((kind) => [moments[kind], now] as const);
      const said = judge([onArrival(now), ...readings, onArrival(now + hour)]);
      expect(said.at(-1)).toBe('1 none');
      expect(said.slice(1, -1).every((one) => one !== '1 none')).toBe(true);
    }),
  );
});
