// Readings as a Parquet file: made in a folder of its own, sent, and gone.
import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished, type Readable } from 'node:stream';
import { WellheadError } from '@wellhead/protocol';
import { ApiProblem } from '../http/problem.ts';
import type { Exchange } from '../http/route.ts';
import { csvBuffer, csvColumns, csvHeader, csvLines } from './csv.ts';
import { type FileDescription, fileMetadata } from './describe-file.ts';
import { mediaTypes } from './file-name.ts';
import type { Rows } from './text-pieces.ts';

/** As CSV, which stands on the disk for a while; as Parquet it is about a twentieth. */
const maxBytes = 1024 ** 3;

/**
 * Through a CSV file and a database in memory of its own: the same for every store, and the numbers stay the same
 * doubles. @throws ApiProblem FILE_TOO_LARGE, FORMAT_UNAVAILABLE
 */
export async function sendParquet(
  { reply }: Exchange,
  rows: Rows & { readonly fileName: string },
  description: FileDescription,
): Promise<Readable> {
  const folder = await mkdtemp(join(tmpdir(), 'wellhead-export-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const [csv, parquet] = [join(folder, 'readings.csv'), join(folder, 'readings.parquet')];
    await writeCsv(csv, rows);
    const { csvToParquet } = await import('../../store/duckdb/read/csv-to-parquet.ts');
    await csvToParquet({
      csv,
      parquet,
      columns: csvColumns(rows),
      properties: rows.properties,
      metadata: fileMetadata(description),
    });
    reply.type(mediaTypes.parquet);
    reply.header('content-length', (await stat(parquet)).size);
    reply.header('content-disposition', `attachment; filename="${rows.fileName}"`);
    const stream = createReadStream(parquet);
    finished(stream, () => void remove().catch(() => undefined));
    return stream;
  } catch (error) {
    await remove();
    if (error instanceof WellheadError && error.code === 'STORE_OPEN')
      throw new ApiProblem(
        'FORMAT_UNAVAILABLE',
        'Parquet needs DuckDB, which is not installed here. Ask for csv.',
      );
    throw error;
  }
}

async function writeCsv(path: string, { tables, ...layout }: Rows): Promise<void> {
  const file = await open(path, 'wx');
  try {
    let bytes = 0;
    const write = async (piece: Buffer) => {
      bytes += piece.length;
      if (bytes > maxBytes)
        throw new ApiProblem(
          'FILE_TOO_LARGE',
          'The range holds more than Parquet is made of here (1 GB as text). Ask for shorter ranges, for fewer properties, or for csv, which has no limit.',
        );
      await file.write(piece);
    };
    await write(Buffer.from(csvHeader(layout)));
    const buffer = csvBuffer();
    for await (const { sensor, table } of tables)
      for (const piece of csvLines(table, buffer, layout.namesSensor ? sensor : undefined))
        await write(piece);
  } finally {
    await file.close();
  }
}
