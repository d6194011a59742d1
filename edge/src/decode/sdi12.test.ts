import { describe, expect, it } from 'vitest';
import { parseCommand, parseIdentity, parseStart, parseValues, sdi12Crc } from './sdi12.ts';

describe('commands', () => {
  it.each([
    ['M', 'M', false],
    ['MC', 'M', true],
    ['M3', 'M', false],
    ['MC9', 'M', true],
    ['C', 'C', false],
    ['CC', 'C', true],
    ['CC2', 'C', true],
    ['V', 'V', false],
  ])('%s', (text, kind, hasCrc) => expect(parseCommand(text)).toEqual({ kind, hasCrc, text }));
});

describe('the answer to a measurement command', () => {
  it('has seconds and a count: one digit for M, two for C', () => {
    expect(parseStart('00012', '0', 'M')).toEqual({ seconds: 1, count: 2 });
    expect(parseStart('a12012', 'a', 'C')).toEqual({ seconds: 120, count: 12 });
  });

  it.each(['', '0', '10012', '0001', '000122', '0x012', '00012 '])('"%s" is none', (line) =>
    expect(parseStart(line, '0', 'M')).toBeUndefined(),
  );
});

describe('values', () => {
  it.each<[string, number[]]>([
    ['0+1.23-4.5', [1.23, -4.5]],
    ['0+0-0.001+1234567', [0, -0.001, 1_234_567]],
    ['0+1.+.5', [1, 0.5]],
    ['0', []],
  ])('%s', (line, values) => expect(parseValues(line, '0', false)).toEqual(values));

  it.each([
    '1+1.23',
    '0 +1.23',
    '0+1.2.3',
    '0+1,23',
    '0+12345678',
    '0+',
    '0+1.23x',
    '0+1.2\u00ff',
    '01.23',
    '',
  ])('"%s" is none of this sensor', (line) => expect(parseValues(line, '0', false)).toBeUndefined());

  it('count only with a sound CRC, where one was asked for', () => {
    const line = `0+3.14-2.7${sdi12Crc('0+3.14-2.7')}`;
    expect(parseValues(line, '0', true)).toEqual([3.14, -2.7]);
    expect(parseValues(line.replace('3', '4'), '0', true)).toBeUndefined();
    expect(parseValues('0+3.14', '0', true)).toBeUndefined();
    expect(parseValues('0', '0', true)).toBeUndefined();
  });
});

it('makes a CRC of three printable characters', () => {
  // The example of SDI-12 v1.4 for a data answer with a CRC.
  expect(sdi12Crc('0+3.14')).toBe('OqZ');
});

it('reads an identification', () => {
  expect(parseIdentity('013METER   TER12 100SN42', '0')).toEqual({
    version: '1.3',
    maker: 'METER',
    model: 'TER12',
    sensorVersion: '100',
    more: 'SN42',
  });
  expect(parseIdentity('113METER   TER12 100', '0')).toBeUndefined();
  expect(parseIdentity('0', '0')).toBeUndefined();
});
