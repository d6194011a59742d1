// Readings as NDJSON: one reading a line, in the form that the API answers everywhere.
import { type ReadingTable, readingOf } from '../../store/reading-table.ts';

const linesAtOnce = 200;

export function* ndjsonLines(
  table: ReadingTable,
  of: { readonly site: string; readonly sensor: string; readonly properties: readonly string[] },
): Generator<Buffer> {
  for (let start = 0; start < table.count; start += linesAtOnce) {
    let lines = '';
    for (let i = start; i < Math.min(start + linesAtOnce, table.count); i++)
      lines += `${JSON.stringify(readingOf(table, i, of))}\n`;
    yield Buffer.from(lines);
  }
}
