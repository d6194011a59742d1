// Columns of a person’s table as numbers and times; whatever does not fit is said with its row and its remedy.
import { missingCodes } from './missing-codes.ts';
import { isNumber, type Table } from './read-table.ts';
import { TableProblem } from './table-problem.ts';

/** The place, from 0, of a column given by its name or its number from 1. A name that is there goes first. */
export function findColumn({ header, rows }: Table, wanted: string): number {
  const named = header?.findIndex((name) => name.toLowerCase() === wanted.toLowerCase()) ?? -1;
  if (named >= 0) return named;
  const count = header?.length ?? rows[0]!.length;
  if (/^\d+$/.test(wanted) && Number(wanted) >= 1 && Number(wanted) <= count) return Number(wanted) - 1;
  throw new TableProblem(
    header === undefined
      ? `There is no column ${wanted}. The file has no header, and ${count} columns: give a number from 1 to ${count}.`
      : `There is no column ${wanted}. The columns are: ${header.map((name, i) => `${i + 1} ${name}`).join(', ')}.`,
  );
}

/**
 * The numbers of a column, NaN where it has none: an empty cell, one of the usual codes, or one of `missing`.
 *
 * @throws TableProblem for any other text
 */
export function numbersOf(table: Table, column: number, missing: readonly string[] = []): Float64Array {
  const codes = new Set([...missingCodes, ...missing.map((code) => code.toLowerCase())]);
  const codeNumbers = new Set(missing.filter(isNumber).map(Number));
  return Float64Array.from(table.rows, (row, i) => {
    const cell = row[column] ?? '';
    if (codes.has(cell.toLowerCase())) return Number.NaN;
    if (!isNumber(cell)) {
      throw new TableProblem(
        `Data row ${i + 1} has ${JSON.stringify(cell)}, which is no number. Choose another column, or, if it stands for a missing value, add --missing ${JSON.stringify(cell)}.`,
      );
    }
    return codeNumbers.has(Number(cell)) ? Number.NaN : Number(cell);
  });
}

/**
 * Times in ms since 1970, from one column or from a date and a clock in two. Text is ISO 8601 or near it, UTC
 * unless it says otherwise; numbers are seconds or ms since 1970.
 *
 * @throws TableProblem for anything else
 */
export function timesOf(table: Table, columns: readonly number[]): Float64Array {
  return Float64Array.from(table.rows, (row, i) => {
    const text = columns.map((column) => row[column] ?? '').join(' ');
    const time = timeFrom(text);
    if (Number.isNaN(time)) {
      throw new TableProblem(
        `Data row ${i + 1} has ${JSON.stringify(text)}, which is no time. ${adviceOn(text)}`,
      );
    }
    return time;
  });
}

/**
 * Equal times may follow each other, as loggers write them when their clock is put back by an hour.
 *
 * @throws TableProblem with the first row that lies before the one above it
 */
export function requireOrder(times: Float64Array): void {
  const at = times.findIndex((time, i) => i > 0 && time < times[i - 1]!);
  if (at < 0) return;
  const said = (row: number) => `data row ${row + 1} is at ${isoOf(times[row]!)}`;
  throw new TableProblem(
    `The times do not ascend: ${said(at)}, but ${said(at - 1)}. Sort the file by time, or choose another --time.`,
  );
}

function isoOf(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? 'no time of any calendar' : date.toISOString();
}

/** How the time should have been written. Which of day and month goes first, only whoever made the file knows. */
function adviceOn(text: string): string {
  const [, first, second, year, rest = ''] = /^(\d\d?)[-/.](\d\d?)[-/.](\d{4})\b(.*)$/.exec(text) ?? [];
  if (year === undefined) return 'Times look like 2017-01-31T18:00:00Z or 2017-01-31 18:00.';
  const iso = (month: string, day: string) =>
    `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}${rest}`;
  if (Number(first) > 12) return `The year must go first, then month and day: write ${iso(second!, first!)}.`;
  if (Number(second) > 12)
    return `The year must go first, then month and day: write ${iso(first!, second!)}.`;
  return `The year must go first, then month and day: write ${iso(second!, first!)} if the day stands first, ${iso(first!, second!)} if the month does.`;
}

/** Numbers from here on are ms: as seconds they would lie beyond the year 5000. */
const leastMs = 1e11;

function timeFrom(text: string): number {
  if (isNumber(text)) return Math.abs(Number(text)) >= leastMs ? Number(text) : Number(text) * 1000;
  const parts =
    /^(\d{4})[-/](\d\d)[-/](\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?))?\s*(Z|UTC|[+-]\d\d:?\d\d)?$/i.exec(
      text,
    );
  if (parts === null) return Number.NaN;
  const [, year, month, day, clock = '00:00', zone = 'Z'] = parts;
  const offset = /^[+-]/.test(zone) ? zone.replace(/^(...)(\d\d)$/, '$1:$2') : 'Z';
  return Date.parse(`${year}-${month}-${day}T${clock.replace(',', '.')}${offset}`);
}
