import { expect, it } from 'vitest';
import { isoOrNull, isoTime } from './iso-time.ts';

it('writes whole milliseconds as JavaScript does', () => {
  for (const ms of [0, -1, 1_767_225_600_123, 8.64e15]) expect(isoTime(ms)).toBe(new Date(ms).toISOString());
});

it('keeps fractions of a millisecond, before 1970 too', () => {
  expect(isoTime(1_767_225_600_000.5)).toBe('2026-01-01T00:00:00.0005Z');
  expect(isoTime(1.25)).toBe('1970-01-01T00:00:00.00125Z');
  expect(isoTime(-0.25)).toBe('1969-12-31T23:59:59.99975Z');
  expect(isoTime(2 ** -30)).toMatch(/^1970-01-01T00:00:00\.00000000000093132/);
});

it('is null where there is no moment', () => {
  expect([undefined, null, Number.NaN, Number.NEGATIVE_INFINITY].map(isoOrNull)).toEqual(Array(4).fill(null));
  expect(isoOrNull(0)).toBe('1970-01-01T00:00:00.000Z');
});
