import { describe, expect, it } from 'vitest';
import { sonde } from '../parts.testing.ts';
import { readCell } from './cell.ts';
import { isHeading, layOut, readRow, splitLine, type TableMapping } from './table-row.ts';
import { createTimeReader } from './time-format.ts';

const mapping: TableMapping = {
  delimiter: ',',
  decimal: '.',
  time: [1, 2],
  values: [3, 4],
  width: 4,
  readTime: createTimeReader({}),
};
const read = (line: string, more: Partial<TableMapping> = {}) => {
  const whole = { ...mapping, ...more };
  const layout = layOut(whole);
  if ('lacks' in layout) throw new Error(layout.lacks);
  return readRow(splitLine(line, whole.delimiter)!, layout, sonde, whole);
};

describe('a cell', () => {
  it.each([
    ['1.50', '.', 1.5],
    [' -2e3 ', '.', -2000],
    ['1,5', ',', 1.5],
    ['1.234,5', ',', '1.234,5'],
    ['1.5', ',', '1.5'],
    ['', '.', null],
    ['(na)', '.', '(na)'],
    ['0x10', '.', '0x10'],
    ['1e999', '.', '1e999'],
    ['NaN', '.', 'NaN'],
    ['Infinity', '.', 'Infinity'],
  ] as const)('%j with the decimal %s is %j', (cell, decimal, value) => {
    expect(readCell(cell, {}, decimal)).toBe(value);
  });

  it('is text where the property is, and true or false where it is that', () => {
    expect(readCell('007', { kind: 'text' })).toBe('007');
    expect(readCell('1', { kind: 'boolean' })).toBe(true);
    expect(readCell('maybe', { kind: 'boolean' })).toBe('maybe');
  });
});

describe('a row', () => {
  it('has its time in one column or two', () => {
    const measuredAt = Date.UTC(2026, 0, 31, 12);
    expect(read('2026-01-31,12:00,1.5,7')).toEqual({ measuredAt, values: [1.5, 7] });
    expect(read('2026-01-31T12:00,1.5,7', { time: [1], values: [2, 3], width: 3 })).toEqual({
      measuredAt,
      values: [1.5, 7],
    });
  });

  it.each([
    ['2026-01-31,12:00,1.5', 'bad-frame'],
    ['2026-01-31,12:00,1.5,7,8', 'bad-frame'],
    ['2026-01-31,noon,1.5,7', 'bad-time'],
    [',,1.5,7', 'bad-time'],
  ])('%s is refused: %s', (line, reason) => {
    expect(read(line)).toMatchObject({ reason });
  });

  it('may end with delimiters, and leave its columns out', () => {
    expect(read('2026-01-31,12:00,1.5,,,')).toMatchObject({ values: [1.5, null] });
    expect(read('2026-01-31,12:00,1.5,7', { values: [undefined, 4] })).toMatchObject({
      values: [undefined, 7],
    });
  });
});

it.each([
  ['a,b', ['a', 'b']],
  ['"a,b",c', ['a,b', 'c']],
  ['"a ""b""",c', ['a "b"', 'c']],
  ['"a,b', undefined],
])('%s is cut into %j', (line, cells) => {
  expect(splitLine(line, ',')).toEqual(cells);
});

it('a heading is words only, and says where the columns are', () => {
  const named: TableMapping = { ...mapping, time: ['when'], values: ['level', 'ph'], width: undefined };
  expect(isHeading(['when', ' level ', 'ph'], named)).toBe(true);
  expect(isHeading(['2026-01-31', 'x', ''], named)).toBe(false);
  expect(isHeading(['x', '12:00'], named)).toBe(false);
  expect(layOut(named, ['ph', ' level ', 'when'])).toEqual({ width: 3, time: [2], values: [1, 0] });
  expect(layOut(named, ['ph', 'when'])).toEqual({ width: 2, time: [1], values: [undefined, 0] });
  expect(layOut(named, ['level', 'ph'])).toEqual({ lacks: 'when' });
  expect(layOut(named, ['when', 'x'])).toEqual({ lacks: 'level' });
});
