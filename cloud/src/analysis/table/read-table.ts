// Any CSV as a table of cells: with or without a header, comma, semicolon or tab, LF or CRLF.
import { parse } from 'csv-parse/sync';
import { missingCodes } from './missing-codes.ts';
import { TableProblem } from './table-problem.ts';

export interface Table {
  /** Names of the columns, or undefined where the first row is data already. */
  readonly header: readonly string[] | undefined;
  readonly rows: readonly (readonly string[])[];
}

/** @throws TableProblem if the text is no CSV or holds no data */
export function readTable(text: string): Table {
  let rows: string[][];
  try {
    rows = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      // Files that were put together have all of them; left out, that of the first line would hold.
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    });
  } catch (error) {
    throw new TableProblem(`This is not a readable CSV: ${(error as Error).message}`, { cause: error });
  }
  const first = rows[0];
  if (first === undefined) throw new TableProblem('The file is empty.');
  // A header says only words; data have a number in some cell.
  const hasHeader = !first.some((cell) => isNumber(cell) || missingCodes.has(cell.toLowerCase()));
  if (hasHeader) rows.shift();
  if (rows.length === 0) throw new TableProblem('The file has a header, but no data.');
  return { header: hasHeader ? first : undefined, rows };
}

export function isNumber(cell: string): boolean {
  return cell !== '' && Number.isFinite(Number(cell));
}

/** The one of the usual separators that the first line has most of. */
function delimiterOf(text: string): string {
  const line = text.slice(0, text.search(/[\r\n]|$/));
  const counts = [',', ';', '\t'].map((mark) => ({ mark, count: line.split(mark).length }));
  return counts.reduce((most, next) => (next.count > most.count ? next : most)).mark;
}
