// Lines of a CSV file taken apart into cells.
import { parse } from 'csv-parse/sync';

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** The cells of one line, as they stand in the file; or why the line cannot be taken apart. */
export type SplitLine = { readonly cells: string[] } | { readonly problem: string };

/**
 * Takes one line apart. Nearly all lines of sensors have no quotes and need no parser; the others go
 * through csv-parse one by one, so that a stray quote spoils its own line and not the rest of the file.
 */
export function splitLine(text: string, delimiter: string): SplitLine {
  if (!text.includes('"')) return { cells: text.split(delimiter) };
  try {
    const records = parse(text, { delimiter, relax_column_count: true, relax_quotes: true });
    return { cells: records[0] ?? [] };
  } catch (error) {
    if ((error as { code?: string }).code === 'CSV_QUOTE_NOT_CLOSED')
      return { problem: 'a quote is not closed' };
    return { problem: (error as Error).message };
  }
}

/** The delimiter that a line uses most, of comma, semicolon and tab. */
export function detectDelimiter(text: string): string {
  let best = ',';
  let most = 0;
  for (const delimiter of [',', ';', '\t']) {
    const count = text.split(delimiter).length;
    if (count > most) {
      best = delimiter;
      most = count;
    }
  }
  return best;
}

/** The number that a cell's text denotes (`7.40` is 7.4); every other text stays as it is in the file. */
export function readCell(cell: string): number | string {
  const text = cell.trim();
  if (!decimal.test(text)) return cell;
  const value = Number(text);
  return Number.isFinite(value) ? value : cell;
}

export function isNumeric(cell: string): boolean {
  return typeof readCell(cell) === 'number';
}
