// Readings as text, table by table.
import { csvBuffer, csvHeader, csvLines } from './csv.ts';
import type { Layout, SensorTable } from './exported.ts';
import { ndjsonLines } from './ndjson.ts';

export type TextFormat = 'csv' | 'ndjson';

export interface Rows extends Layout {
  readonly site: string;
  readonly tables: AsyncIterable<SensorTable>;
}

export async function* textPieces(format: TextFormat, { tables, ...of }: Rows): AsyncGenerator<Buffer> {
  // Goes out with the first readings, for a header by itself would promise an answer before there is one.
  let header = format === 'csv' ? Buffer.from(csvHeader(of)) : Buffer.alloc(0);
  const buffer = csvBuffer();
  for await (const { sensor, table } of tables)
    for (const lines of format === 'csv'
      ? csvLines(table, buffer, of.namesSensor ? sensor : undefined)
      : ndjsonLines(table, { ...of, sensor })) {
      yield header.length === 0 ? lines : Buffer.concat([header, lines]);
      header = Buffer.alloc(0);
    }
  if (header.length > 0) yield header;
}
