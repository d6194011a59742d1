import { isoTime } from '@wellhead/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredReading } from '../../store/reading-store.ts';
import { tableOf } from '../../store/reading-table.ts';
import { csvBuffer, csvHeader, csvLines } from './csv.ts';

const csvLine = (one: StoredReading, properties: readonly string[]) =>
  Buffer.concat([...csvLines(tableOf([one], properties), csvBuffer())]).toString();

function reading(value: StoredReading['values'][string]): StoredReading {
  return {
    site: 'lancashire',
    sensor: 'emb3',
    type: 'groundwater',
    gateway: 'gw1',
    origin: 'one',
    seq: 7,
    revision: 0,
    measuredAt: '2024-05-01T12:00:00.000Z',
    receivedAt: '2024-05-01T12:00:01.000Z',
    storedAt: '2024-05-01T12:00:02.000Z',
    historical: false,
    clock: 'synchronised',
    time: { flag: 1 },
    values: { x: value },
    flags: { x: 3 },
    causes: { x: 'spike' },
  };
}

const fixed = '2024-05-01T12:00:00.000Z,7,one,0,2024-05-01T12:00:01.000Z,2024-05-01T12:00:02.000Z,1,';
const cellOf = (value: StoredReading['values'][string]) =>
  csvLine(reading(value), ['x']).slice(fixed.length + 1, -',3,spike\n'.length);

describe('CSV', () => {
  it('has a value, its flag and its cause for each property', () => {
    expect(csvHeader({ properties: ['x'], namesSensor: false })).toBe(
      'measuredAt,seq,origin,revision,receivedAt,storedAt,timeFlag,timeCause,x,x_flag,x_cause\n',
    );
    expect(csvLine(reading(1.5), ['x', 'y'])).toBe(`${fixed},1.5,3,spike,,,\n`);
  });

  it('writes numbers so that they read back exactly', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Object.is(Number(cellOf(value)), value)).toBe(true);
      }),
    );
  });

  it('writes numbers as people do, as short as can be', () => {
    for (const value of [
      0,
      -0,
      7,
      -1.5,
      28.41,
      0.1,
      0.00001,
      1e-7,
      99_999,
      1e9,
      123_456_789.12,
      1e21,
      0.1 + 0.2,
    ])
      expect(cellOf(value)).toBe(Object.is(value, -0) ? '-0' : String(value));
    fc.assert(
      fc.property(fc.integer({ min: -1e7, max: 1e7 }), fc.constantFrom(1, 10, 100, 1_000), (whole, power) => {
        expect(cellOf(whole / power)).toBe(String(whole / power));
      }),
    );
  });

  it('writes times as ISO 8601, whatever the year and however fine', () => {
    const times = fc.oneof(
      fc.integer({ min: -62e12, max: 8e15 }),
      fc.integer({ min: 0, max: 4e12 }),
      fc.integer({ min: 0, max: 4e12 }).map((ms) => ms + 0.5),
    );
    fc.assert(
      fc.property(times, (ms) => {
        const line = csvLine({ ...reading(1), measuredAt: isoTime(ms) }, []);
        expect(line.slice(0, line.indexOf(','))).toBe(isoTime(ms));
      }),
    );
  });

  it('writes text so that it comes back, and never as a formula', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('=', '+', '-', '@', "'", '"', ',', '\n', '\r', '\t', 'a', ' ') }),
        (text) => {
          const raw = cellOf(text);
          const cell = raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw;
          expect(cell).not.toMatch(/^[=+\-@\t\r]/);
          expect(cell.startsWith("'") ? cell.slice(1) : cell).toBe(text);
        },
      ),
    );
  });

  it('leaves a negative number a number', () => {
    expect(cellOf(-1.5)).toBe('-1.5');
    expect(cellOf('-1.5')).toBe("'-1.5");
  });

  it('leaves the cell empty where there is no value', () => {
    expect(cellOf(null)).toBe('');
    expect(cellOf(true)).toBe('true');
  });
});
