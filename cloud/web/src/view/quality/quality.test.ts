import { dayMs, hourMs } from '@wellhead/protocol';
import { describe, expect, it } from 'vitest';
import type { StoredReading, ThinnedAnswer } from '../../../../src/api/answer/answers.ts';
import { countByDay, dayShares, stepOf } from './day-shares.ts';
import { countDelays } from './delays.ts';
import { countFlags } from './flag-counts.ts';

const monday = Date.UTC(2026, 0, 5);
const iso = (time: number) => new Date(time).toISOString();
const reading = (measured: number, more: Partial<StoredReading> = {}) =>
  ({
    measuredAt: iso(measured),
    storedAt: iso(measured + 1_000),
    flags: {},
    causes: {},
    ...more,
  }) as StoredReading;

describe('the calendar of completeness', () => {
  it('expects what the rhythm says, and less of a day that was not whole', () => {
    const readings = Array.from({ length: 24 }, (_, i) => reading(monday + i * hourMs));
    const counts = countByDay(undefined, readings);
    const shares = dayShares(counts, {
      from: monday - 6 * hourMs,
      to: monday + 30 * hourMs,
      intervalMs: hourMs,
    });
    expect(shares).toEqual([
      { day: monday - dayMs, readings: 0, expected: 6 },
      { day: monday, readings: 24, expected: 24 },
      { day: monday + dayMs, readings: 0, expected: 6 },
    ]);
    expect(shares.map(stepOf)).toEqual([0, 3, 0]);
  });

  it('tells none, some, most and all apart', () => {
    const step = (readings: number) => stepOf({ day: 0, readings, expected: 24 });
    expect([step(0), step(11), step(23), step(24), step(30)]).toEqual([0, 1, 2, 3, 3]);
  });

  it('counts thinned readings too', () => {
    const buckets = [0, 6].map((hours) => ({ start: iso(monday + hours * hourMs), readings: 6 }));
    expect(countByDay({ buckets } as unknown as ThinnedAnswer, [])).toEqual(new Map([[monday, 12]]));
  });
});

it('sorts arrivals by how late they were', () => {
  const late = (delay: number) => reading(monday, { storedAt: iso(monday + delay) });
  const counts = countDelays([late(-5_000), late(9_999), late(10_000), late(hourMs), late(30 * dayMs)]);
  expect(counts.map(({ readings }) => readings)).toEqual([2, 1, 0, 0, 1, 0, 0, 1]);
});

it('counts flagged values by cause and week, good ones not at all', () => {
  const { weeks, causes } = countFlags(
    [
      reading(monday, { flags: { a: 4, b: 1 }, causes: { a: 'dropout' } }),
      reading(monday + 8 * dayMs, { flags: { a: 4, b: 3 }, causes: { a: 'dropout', b: 'spike' } }),
    ],
    monday,
    monday + 9 * dayMs,
  );
  expect(weeks).toEqual([monday, monday + 7 * dayMs]);
  expect(causes).toEqual([
    { cause: 'dropout', total: 2, counts: [1, 1] },
    { cause: 'spike', total: 1, counts: [0, 1] },
  ]);
});
