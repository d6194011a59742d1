import { describe, expect, it } from 'vitest';
import { readTable } from './read-table.ts';
import { findColumn, numbersOf, requireOrder, timesOf } from './take-column.ts';

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

it('reads a file whose lines end in different ways', () => {
  const table = readTable('time,level\r\n2017-01-01,1\n2017-01-02,2\r\n2017-01-03,3\r2017-01-04,4\n');
  expect([...numbersOf(table, 1)]).toEqual([1, 2, 3, 4]);
});

it.each([
  ['31/12/2020', 'write 2020-12-31.'],
  ['12/31/2020 18:00', 'write 2020-12-31 18:00.'],
  ['31.12.2020', 'write 2020-12-31.'],
  ['1/2/2020', 'write 2020-02-01 if the day stands first, 2020-01-02 if the month does.'],
  ['yesterday', 'Times look like 2017-01-31T18:00:00Z'],
])('says how the time %s must be written', (text, advice) => {
  expect(() => timesOf({ header: undefined, rows: [[text]] }, [0])).toThrow(advice);
});

it('says which row lies before the one above it; equal times may follow each other', () => {
  const day = (text: string) => Date.parse(text);
  const times = Float64Array.of(day('2020-01-01'), day('2020-01-02'), day('2020-01-02'));
  expect(() => requireOrder(times)).not.toThrow();
  times[2] = day('2019-01-01');
  expect(() => requireOrder(times)).toThrow(
    'data row 3 is at 2019-01-01T00:00:00.000Z, but data row 2 is at 2020-01-02T00:00:00.000Z. Sort the file',
  );
});

it('says which columns there are, and which row is wrong', () => {
  const table = readTable('time,level\nsoon,7\nlater,dry\n');
  expect(() => findColumn(table, 'ph')).toThrow('1 time, 2 level');
  expect(() => findColumn(table, '3')).toThrow('1 time, 2 level');
  expect(() => findColumn(readTable('1,2\n'), 'level')).toThrow('from 1 to 2');
  expect(() => numbersOf(table, 1)).toThrow('Data row 2 has "dry"');
  expect(() => timesOf(table, [0])).toThrow('Data row 1 has "soon"');
});
