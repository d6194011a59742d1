import { expect, test } from 'vitest';
import { createBorehole } from './borehole.ts';
import { csvHeader, csvLine } from './csv.ts';

const borehole = createBorehole({
  seed: 1,
  startAt: Date.UTC(2017, 0, 1),
  faults: [{ kind: 'missing', from: 1, steps: 1, properties: ['ph'] }],
});

test('a header names the columns, with one more for each fault on request', () => {
  expect(csvHeader(false)).toBe('measuredAt,sec,ph,water_level,water_temperature,total_dissolved_gas');
  expect(csvHeader(true).split(',')).toHaveLength(12);
});

test('lines have the digits of the instrument', () => {
  expect(csvLine(borehole.at(0), 'header', false)).toMatch(
    /^2017-01-01T00:00:00\.000Z,\d+,\d\.\d\d,\d\d\.\d\d,\d\d\.\d,\d+$/,
  );
  expect(csvLine(borehole.at(1), 'logger', false)).toMatch(/^2017-01-01,01:00:00,\d+,\(na\),/);
});

test('the truth stands in its columns', () => {
  expect(csvLine(borehole.at(1), 'header', true).split(',').slice(6)).toEqual([
    '',
    'missing',
    '',
    '',
    '',
    '',
  ]);
});
