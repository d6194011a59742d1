import { describe, expect, it } from 'vitest';
import { readTable } from './read-table.ts';
import { findColumn, numbersOf, timesOf } from './take-column.ts';

it.each([
  ['a header and LF', 'time,level\n2017-01-01,1.5\n2017-01-02,(na)\n'],
  ['a header, CRLF and a byte order mark', '\ufefftime,level\r\n2017-01-01,1.5\r\n2017-01-02,\r\n'],
  ['semicolons and spaces', 'time; level\n2017-01-01; 1.5\n\n2017-01-02; NA\n'],
  ['quotes', '"time","level"\n"2017-01-01","1.5"\n"2017-01-02","NaN"'],
])('reads a file with %s', (_, text) => {
  const table = readTable(text);
  expect(table.header).toEqual(['time', 'level']);
  expect([...numbersOf(table, findColumn(table, 'Level'))]).toEqual([1.5, Number.NaN]);
});

it('a file whose first row has a number, or a missing value, has no header', () => {
  expect(readTable('2017-01-01,00:00:00,844\r\n').header).toBeUndefined();
  expect(readTable('2017-01-01,(na)\n2017-01-02,4\n').header).toBeUndefined();
  expect(readTable('7.1\n7.2\n').rows).toHaveLength(2);
});

it('a short row lacks its last values', () => {
  const table = readTable('1,2\n3\n');
  expect([...numbersOf(table, 1)]).toEqual([2, Number.NaN]);
});

it('codes for missing values are compared as numbers, too', () => {
  const table = readTable('v\n7\n99999.0\n0.00\nbad\n');
  expect([...numbersOf(table, 0, ['99999', '0', 'BAD'])]).toEqual([7, Number.NaN, Number.NaN, Number.NaN]);
});

describe('times', () => {
  const noon = Date.parse('2017-01-31T12:00:00Z');
  it.each([
    '2017-01-31T12:00:00Z',
    '2017-01-31 12:00',
    '2017/01/31 12:00:00',
    '2017-01-31T14:00:00+02:00',
    '2017-01-31T14:00+0200',
    '2017-01-31 12:00:00.000 UTC',
    String(noon),
    String(noon / 1000),
  ])('%s', (text) => {
    expect([...timesOf({ header: undefined, rows: [[text]] }, [0])]).toEqual([noon]);
  });

  it('may be a date and a clock in two columns', () => {
    expect([...timesOf(readTable('2017-01-31,12:00:00,5\n'), [0, 1])]).toEqual([noon]);
  });
});

it.each([
  ['no data', () => readTable('')],
  ['only a header', () => readTable('a,b\n')],
  ['an open quote', () => readTable('a\n"1\n')],
])('says that there is %s', (_, read) => {
  expect(read).toThrow(/empty|no data|not a readable CSV/);
});

it('says which columns there are, and which row is wrong', () => {
  const table = readTable('time,level\nsoon,7\nlater,dry\n');
  expect(() => findColumn(table, 'ph')).toThrow('1 time, 2 level');
  expect(() => findColumn(table, '3')).toThrow('1 time, 2 level');
  expect(() => findColumn(readTable('1,2\n'), 'level')).toThrow('from 1 to 2');
  expect(() => numbersOf(table, 1)).toThrow('Data row 2 has "dry"');
  expect(() => timesOf(table, [0])).toThrow('Data row 1 has "soon"');
});
