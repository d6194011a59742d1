import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isTimeOfDay, parseTime } from './time.ts';

const noon = Date.UTC(2017, 0, 31, 12);

test.each([
  '2017-01-31T12:00:00.000Z',
  '2017-01-31T12:00Z',
  '2017-01-31 12:00',
  '2017-01-31 12:00:00',
  ' 2017-01-31T12:00:00 ',
  '2017-01-31T13:30+01:30',
  '2017-01-31T07:00:00-0500',
])('reads %s, as UTC where no zone is named', (text) => {
  expect(parseTime(text)).toBe(noon);
});

test.each([
  '',
  '2017-02-29',
  '2017-13-01 00:00',
  '2017-01-01 24:00',
  '2017-01-01 00:60',
  '31/01/2017 12:00',
  '2017-01-01T00:00 x',
  '0001-01-01',
])('"%s" is no time', (text) => {
  expect(parseTime(text)).toBeUndefined();
});

test('reads every time that is written as ISO 8601', () => {
  const date = fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
  fc.assert(fc.property(date, (at) => parseTime(at.toISOString()) === at.getTime()));
});

test('knows a time of day', () => {
  expect(['00:00', '23:59:59', '949', '2017-01-01'].map(isTimeOfDay)).toEqual([true, true, false, false]);
});
