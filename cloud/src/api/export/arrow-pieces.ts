// Readings as an Arrow stream: the schema, then one record batch for each table of the store.
import { arrowColumns } from './arrow-columns.ts';
import { type FileDescription, fileMetadata } from './describe-file.ts';
import type { Layout, SensorTable } from './exported.ts';
import { loadArrow } from './load-arrow.ts';

export interface ArrowRows extends Layout {
  readonly tables: AsyncIterable<SensorTable>;
  readonly description: FileDescription;
}

/** @throws ApiProblem FORMAT_UNAVAILABLE */
export async function* arrowPieces({ tables, description, ...layout }: ArrowRows): AsyncGenerator<Buffer> {
  const arrow = await loadArrow();
  const columns = arrowColumns(arrow, layout);
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
  for await (const { sensor, table } of tables) {
    const children = columns.map((column) => column.data(table, sensor));
    const data = arrow.makeData({ type: row, length: table.count, nullCount: 0, children });
    writer.write(new arrow.RecordBatch(schema, data));
    // The schema goes out with the first readings.
    yield take();
  }
  writer.finish();
  yield take();
}
