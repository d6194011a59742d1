// Readings as text, table by table.
import type { ReadingTable } from '../../store/reading-table.ts';
import { csvBuffer, csvHeader, csvLines } from './csv.ts';
import { ndjsonLines } from './ndjson.ts';

export type TextFormat = 'csv' | 'ndjson';

export interface Rows {
  readonly site: string;
  readonly sensor: string;
  readonly properties: readonly string[];
  readonly tables: AsyncIterable<ReadingTable>;
}

export async function* textPieces(format: TextFormat, { tables, ...of }: Rows): AsyncGenerator<Buffer> {
  // Goes out with the first readings, for a header by itself would promise an answer before there is one.
  let header = format === 'csv' ? Buffer.from(csvHeader(of.properties)) : Buffer.alloc(0);
  const buffer = csvBuffer();
  for await (const table of tables)
    for (const lines of format === 'csv' ? csvLines(table, buffer) : ndjsonLines(table, of)) {
      yield header.length === 0 ? lines : Buffer.concat([header, lines]);
      header = Buffer.alloc(0);
    }
  if (header.length > 0) yield header;
}
