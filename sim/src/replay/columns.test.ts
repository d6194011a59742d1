import { expect, test } from 'vitest';
import { loadSensorType } from '../sensor-type.ts';
import { headerLayout, isHeader, loggerLayout, parseColumns } from './columns.ts';

const type = await loadSensorType('groundwater');
const named = (properties: readonly { column: number; name: string }[]) =>
  properties.map((p) => `${p.column}:${p.name}`);

test('--columns names times and properties, and skips what is marked with -', () => {
  const layout = parseColumns('date,time,sec,ph,-,water_level', type);
  expect(layout).toMatchObject({ width: 6, time: [0, 1] });
  expect(named(layout.properties)).toEqual(['2:sec', '3:ph', '5:water_level']);
  expect(parseColumns('sec, measuredAt', type)).toMatchObject({ width: 2, time: [1] });
});

test.each([
  ['date,sec', 'name the time'],
  ['sec,ph', 'name the time'],
  ['measuredAt,date,sec', 'name the time'],
  ['measuredAt,sec,sec', '"sec" is named twice'],
  ['measuredAt,salt', '"salt" is no column'],
])('--columns %s is refused: %s', (spec, problem) => {
  expect(() => parseColumns(spec, type)).toThrow(problem);
});

test('a header is matched by names and titles, whatever their case, blanks and units', () => {
  const header = ['Timestamp', 'water level (m)', 'PH', 'Battery', 'Specific_Electrical-Conductance [µS/cm]'];
  const layout = headerLayout(header, type);
  expect(layout).toMatchObject({ time: [0], skipped: ['Battery'] });
  expect(named(layout.properties)).toEqual(['1:water_level', '2:ph', '4:sec']);
});

test('a header may have date and time apart, or a time of an unusual name', () => {
  expect(headerLayout(['sec', 'Date', 'Time'], type).time).toEqual([1, 2]);
  expect(headerLayout(['gemessen', 'sec'], type, 'Gemessen').time).toEqual([0]);
});

test('a header without time or without any property is refused', () => {
  expect(() => headerLayout(['when', 'sec'], type)).toThrow('no time column among: when, sec');
  expect(() => headerLayout(['time', 'salt'], type)).toThrow('no column of the sensor type groundwater');
});

test('rows of readings are not taken for a header', () => {
  expect(isHeader(['2017-01-01', '00:00:00', '(na)', '(na)'])).toBe(false);
  expect(isHeader(['measuredAt', 'sec'])).toBe(true);
  expect(isHeader([''])).toBe(false);
});

test('a bare file has date and time, or one time, and then the properties in order', () => {
  expect(loggerLayout(['2017-01-01', '00:00:00', '949'], type)).toMatchObject({ width: 7, time: [0, 1] });
  expect(loggerLayout(['2017-01-01T00:00Z', '949'], type)).toMatchObject({ width: 6, time: [0] });
});
