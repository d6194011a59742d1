import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTime } from './time.ts';

const noon = Date.UTC(2026, 0, 31, 12);

describe('reading a time', () => {
  it.each([
    ['2026-01-31T12:00:00Z', noon],
    ['2026-01-31t12:00:00z', noon],
    ['2026-01-31T12:00:00.000Z', noon],
    ['2026-01-31T12:00:00.25Z', noon + 250],
    ['2026-01-31T12:00:00,25Z', noon + 250],
    ['2026-01-31T12:00:00.123456789Z', noon + 123],
    ['2026-01-31T12:00:00', noon],
    ['2026-01-31 12:00:00', noon],
    ['2026-01-31 12:00', noon],
    ['  2026-01-31 12:00  ', noon],
    ['2026-01-31T12:00Z', noon],
    ['2026-01-31T13:00:00+01:00', noon],
    ['2026-01-31T13:00:00+0100', noon],
    ['2026-01-31T13:00:00+01', noon],
    ['2026-01-31 13:00:00 +01:00', noon],
    ['2026-01-31T06:30:00-05:30', noon],
    ['2026-01-31T00:00:00-12:00', noon],
    ['2026-01-31', Date.UTC(2026, 0, 31)],
    ['2024-02-29', Date.UTC(2024, 1, 29)],
    // The end of a day, and a leap second.
    ['2026-01-31T24:00:00Z', Date.UTC(2026, 1, 1)],
    ['2016-12-31T23:59:60Z', Date.UTC(2017, 0, 1)],
  ])('takes the text %s', (text, expected) => {
    expect(readTime(text)).toBe(expected);
  });

  it.each([
    [noon, noon],
    [noon / 1000, noon],
    [1_769_860_800.25, noon + 250],
    [1_769_860_800_000.4, noon],
    [0, 0],
    [-86_400, -86_400_000],
  ])('takes the number %d as seconds or milliseconds', (number, expected) => {
    expect(readTime(number)).toBe(expected);
  });

  it.each([
    '',
    'yesterday',
    '12:00',
    '31.01.2026 12:00',
    '01/31/2026',
    '2026',
    '2026-01',
    '2026-1-31',
    '2026-02-30T00:00:00Z',
    '2025-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '0000-00-00 00:00:00',
    '2026-01-31T25:00:00Z',
    '2026-01-31T24:00:01Z',
    '2026-01-31T12:60:00Z',
    '2026-01-31T12:00:61Z',
    '2026-01-31T12:00:00+15:00',
    '2026-01-31T12:00:00+01:99',
    '2026-01-31T12:00:00 CET',
    '2026-01-31T12:00:00Z and more',
    '1769860800',
    '2026-01-31T12',
  ])('says that "%s" is no time', (text) => {
    expect(readTime(text)).toBeUndefined();
  });

  it.each([
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1e300,
    -9e15,
    null,
    undefined,
    true,
    {},
    [],
    [noon],
    new Date(noon),
  ])('says that %s is no time', (value) => {
    expect(readTime(value)).toBeUndefined();
  });

  it('reads back every time that a Date writes', () => {
    const date = fc.date({
      min: new Date('1000-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(date, (when) => {
        expect(readTime(when.toISOString())).toBe(when.getTime());
      }),
    );
  });

  it('gives a whole millisecond that a Date can hold, or nothing, for anything', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const time = readTime(value);
        if (time === undefined) return;
        expect(Number.isInteger(time)).toBe(true);
        expect(() => new Date(time).toISOString()).not.toThrow();
      }),
    );
  });
});
