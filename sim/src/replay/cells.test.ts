import fc from 'fast-check';
import { expect, test } from 'vitest';
import { detectDelimiter, readCell, splitLine } from './cells.ts';

test.each([
  ['949', 949],
  ['7.40', 7.4],
  ['0.00', 0],
  ['-1.5e3', -1500],
  [' 12 ', 12],
  ['(na)', '(na)'],
  ['', ''],
  ['NaN', 'NaN'],
  ['0x10', '0x10'],
  ['1e999', '1e999'],
  [' n/a ', ' n/a '],
])('the cell "%s" is the value %j', (cell, value) => {
  expect(readCell(cell)).toBe(value);
});

test('reads back every finite number as JavaScript writes it', () => {
  fc.assert(
    fc.property(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      (value) => readCell(String(value)) === value + 0,
    ),
  );
});

test('takes quoted cells apart, and stray quotes as text', () => {
  expect(splitLine('a,"b,c",d', ',')).toEqual({ cells: ['a', 'b,c', 'd'] });
  expect(splitLine('5" pipe,2', ',')).toEqual({ cells: ['5" pipe', '2'] });
  expect(splitLine('a,"b', ',')).toEqual({ problem: 'a quote is not closed' });
});

test('finds the delimiter', () => {
  expect(['a,b', 'a;b;c,d', 'a\tb', 'a'].map(detectDelimiter)).toEqual([',', ';', '\t', ',']);
});
