import { describe, expect, it } from 'vitest';
import { createTimeReader, isTimeFormat, readZone } from './time-format.ts';

const noon = Date.UTC(2026, 0, 31, 12);

describe('a time', () => {
  it.each<[Parameters<typeof createTimeReader>[0], unknown]>([
    [{}, '2026-01-31T12:00:00Z'],
    [{}, '2026-01-31 12:00'],
    [{}, 1_769_860_800],
    [{}, '1769860800'],
    [{}, '1769860800000'],
    [{ zone: '+01:00' }, '2026-01-31 13:00'],
    [{ zone: '-0330' }, '2026-01-31T08:30'],
    [{ zone: '+01:00' }, '2026-01-31T12:00:00Z'],
    [{ zone: '+01:00' }, '2026-01-31T14:00+02:00'],
    [{ timeFormat: 'DD.MM.YYYY HH:mm' }, '31.01.2026 12:00'],
    [{ timeFormat: 'DD.MM.YYYY HH:mm', zone: '+02:00' }, ' 31.01.2026 14:00 '],
    [{ timeFormat: 'M/D/YY H:mm' }, '1/31/26 12:00'],
    [{ timeFormat: 'YYYYMMDDHHmmss' }, '20260131120000'],
    [{ timeFormat: 'YYYYMMDDHHmm' }, 202_601_311_200],
    [{ timeFormat: 'YYYY-MM-DD (HH:mm:ss,SSS)' }, '2026-01-31 (12:00:00,000)'],
  ])('with the hints %j is read from %j', (hints, value) => {
    expect(createTimeReader(hints)(value)).toBe(noon);
  });

  it.each<[Parameters<typeof createTimeReader>[0], unknown]>([
    [{}, 'noon'],
    [{}, null],
    [{}, { a: 1 }],
    [{ timeFormat: 'DD.MM.YYYY' }, '2026-01-31'],
    [{ timeFormat: 'DD.MM.YYYY' }, '30.02.2026'],
    [{ timeFormat: 'DD.MM.YYYY' }, '31x01x2026'],
    [{ timeFormat: 'DD.MM.YYYY HH:mm' }, '31.01.2026 25:00'],
    [{ timeFormat: 'DD.MM.YYYY' }, '31.01.2026 and more'],
    [{ timeFormat: 'DD.MM.YYYY' }, null],
  ])('with the hints %j is not read from %j', (hints, value) => {
    expect(createTimeReader(hints)(value)).toBeUndefined();
  });
});

it.each([
  ['Z', 0],
  ['+01:00', 60],
  ['-0330', -210],
  ['+14:00', 840],
  ['+15:00', undefined],
  ['+01:60', undefined],
  ['CET', undefined],
  ['01:00', undefined],
])('the zone %s is %s minutes ahead', (zone, minutes) => {
  expect(readZone(zone)).toBe(minutes);
});

it.each([
  ['DD.MM.YYYY HH:mm', true],
  ['YYYY-MM-DD', true],
  ['HH:mm', false],
  ['DD.MM', false],
  ['DD.MM.YYYY DD', false],
  ['', false],
])('"%s" is a format: %s', (format, is) => {
  expect(isTimeFormat(format)).toBe(is);
});
