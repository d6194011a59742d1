// Readings as an Arrow stream: the schema, then one record batch for each table of the store.
import type { ReadingTable } from '../../store/reading-table.ts';
import { arrowColumns } from './arrow-columns.ts';
import { type FileDescription, fileMetadata } from './describe-file.ts';
import { loadArrow } from './load-arrow.ts';

export interface ArrowRows {
  readonly properties: readonly string[];
  readonly tables: AsyncIterable<ReadingTable>;
  readonly description: FileDescription;
}

/** @throws ApiProblem FORMAT_UNAVAILABLE */
export async function* arrowPieces({ properties, tables, description }: ArrowRows): AsyncGenerator<Buffer> {
  const arrow = await loadArrow();
  const columns = arrowColumns(arrow, properties);
  const fields = columns.map(({ name, type, isNullable }) => new arrow.Field(name, type, isNullable));
  const schema = new arrow.Schema(fields, new Map(Object.entries(fileMetadata(description))));
  const row = new arrow.Struct(fields);
  let written: Uint8Array[] = [];
  // The package’s own queue has no bound and no end: what was written is taken from here after each batch.
  const sink = Object.assign(new arrow.AsyncByteQueue(), {
    write: (piece: Uint8Array) => {
      written.push(piece);
    },
  });
  const take = () => {
    const piece = Buffer.concat(written);
    written = [];
    return piece;
  };
  const writer = new arrow.RecordBatchStreamWriter();
  writer.reset(sink, schema);
  for await (const table of tables) {
    const children = columns.map((column) => column.data(table));
    const data = arrow.makeData({ type: row, length: table.count, nullCount: 0, children });
    writer.write(new arrow.RecordBatch(schema, data));
    // The schema goes out with the first readings.
    yield take();
  }
  writer.finish();
  yield take();
}
