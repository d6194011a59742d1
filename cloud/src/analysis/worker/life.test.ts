import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lifeOf, touchedQuarters } from './life.ts';
import { quarterOf, quarterStart } from './quarter.ts';

const iso = (time: number) => new Date(time).toISOString().slice(0, 10);

describe('quarters', () => {
  it('begin with January, April, July and October, UTC', () => {
    expect(quarterOf(0)).toBe(7880);
    expect(quarterOf(Date.UTC(2026, 2, 31, 23, 59, 59, 999))).toBe(quarterOf(Date.UTC(2026, 0, 1)));
    expect(iso(quarterStart(quarterOf(Date.UTC(2026, 11, 31))))).toBe('2026-10-01');
  });

  it('hold each time between their start and the next one’s', () => {
    const times = fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2200, 0, 1) });
    fc.assert(
      fc.property(times, (time) => {
        const quarter = quarterOf(time);
        return quarterStart(quarter) <= time && time < quarterStart(quarter + 1);
      }),
    );
  });
});

describe('the life of a detector', () => {
  it('begins a year before the quarter that it tells of, and ends a quarter after it', () => {
    const { begin, from, to, settled, end } = lifeOf(quarterOf(Date.UTC(2026, 4, 5)));
    expect([begin, from, to, settled, end].map(iso)).toEqual([
      ...['2025-04-01', '2026-04-01', '2026-07-01', '2026-07-08', '2026-10-01'],
    ]);
  });

  it('is touched by exactly the readings of its time', () => {
    const now = quarterOf(Date.UTC(2026, 4, 5));
    expect(touchedQuarters(now, now)).toEqual([now - 1, now]);
    for (const quarter of touchedQuarters(now - 8, now)) {
      const { begin, end } = lifeOf(quarter);
      expect(begin <= quarterStart(now - 8) && quarterStart(now - 8) < end).toBe(true);
    }
    expect(touchedQuarters(now - 8, now)).toEqual([-9, -8, -7, -6, -5, -4].map((ago) => now + ago));
  });
});
