import { describe, expect, it } from 'vitest';
import { sonde } from '../parts.testing.ts';
import { createTextReader } from './text-reading.ts';

const base = { checksum: 'none' } as const;

describe('fields', () => {
  const read = createTextReader(sonde, { ...base, fields: ['time', 'ph', '-', 'level'], time: 'time' });

  it('are taken by their position', () => {
    expect(read('2026-01-31T12:00:00Z,7.2,x,16.38\r\n')).toEqual({
      measuredAt: Date.UTC(2026, 0, 31, 12),
      values: [16.38, 7.2],
    });
    expect(read('1769860800,7,,-1e2')).toMatchObject({ measuredAt: 1_769_860_800_000, values: [-100, 7] });
  });

  it('may say that there is no value', () => {
    expect(read('1769860800,(na),x,')).toMatchObject({ values: [null, '(na)'] });
  });

  it.each([
    ['1769860800,7.2,x', 'bad-frame'],
    ['1769860800,7.2,x,1,2', 'bad-frame'],
    ['1769860800,7.2,x,16\u00003', 'bad-frame'],
    ['1769860800,7.2,x,1x6', 'bad-value'],
    ['1769860800,7.2,x,0x10', 'bad-value'],
    ['1769860800,7.2,x,NaN', 'bad-value'],
    ['yesterday,7.2,x,16', 'bad-time'],
  ])('"%s" is refused: %s', (frame, reason) => expect(read(frame)).toMatchObject({ reason }));
});

describe('a pattern', () => {
  const read = createTextReader(sonde, { ...base, pattern: '^L=(?<level>\\S+) P=(?<ph>\\S+)?' });

  it('gives its groups', () => {
    expect(read('L=16.38 P=7.2\r\n')).toEqual({ values: [16.38, 7.2] });
    expect(read('L=16.38 P=\r\n')).toEqual({ values: [16.38, undefined] });
  });

  it('must be found', () => expect(read('T=1')).toMatchObject({ reason: 'bad-frame' }));
});

describe('the checksum of NMEA', () => {
  const read = createTextReader(sonde, { checksum: 'nmea', fields: ['-', 'level', '-'] });

  it('must fit', () => {
    // Exclusive or of "XLV,16.38,M".
    const sum = [...'XLV,16.38,M']
      .reduce((all, c) => all ^ c.charCodeAt(0), 0)
      .toString(16)
      .padStart(2, '0');
    expect(read(`$XLV,16.38,M*${sum}\r\n`)).toEqual({ values: [16.38, undefined] });
    expect(read(`$XLV,16.39,M*${sum}\r\n`)).toMatchObject({ reason: 'bad-frame' });
    expect(read('$XLV,16.38,M\r\n')).toMatchObject({ reason: 'bad-frame' });
  });
});
