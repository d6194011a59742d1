import { describe, expect, it } from 'vitest';
import { parseInstant } from './instant.ts';

const noon = Date.UTC(2024, 4, 1, 12);

describe('moments in addresses', () => {
  it.each([
    ['2024-05-01T12:00:00Z', noon],
    ['2024-05-01T12:00', noon],
    ['2024-05-01 12:00', noon],
    ['2024-05-01T13:00:00+01:00', noon],
    ['2024-05-01T13:00:00 01:00', noon],
    ['2024-05-01T07:00-0500', noon],
    ['2024-05-01T12:00:00.25Z', noon + 250],
    [String(noon), noon],
    ['2024-05-01', noon - 12 * 3_600_000],
    ['2024-05', Date.UTC(2024, 4, 1)],
    ['2024', Date.UTC(2024, 0, 1)],
    ['2024-02-29', Date.UTC(2024, 1, 29)],
    ['0099-01-01', new Date('0099-01-01T00:00:00Z').getTime()],
  ])('reads %s', (text, expected) => {
    expect(parseInstant(text)).toBe(expected);
  });

  it.each([
    '',
    'now',
    '2023-02-29',
    '2024-13-01',
    '2024-05-01T24:00',
    '2024-05-01T12:60',
    '12',
    '2024-05-01T12:00+25:00',
    '1e9',
    '1 May 2024',
  ])('refuses "%s"', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });
});
