// Sends readings as text, table by table, and breaks the connection where the store breaks.
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ReadingTable } from '../../store/reading-table.ts';
import type { AskedRange } from '../range.ts';
import { csvBuffer, csvHeader, csvLines } from './csv.ts';
import { ndjsonLines } from './ndjson.ts';

export type TextFormat = 'csv' | 'ndjson';

const mediaTypes: Readonly<Record<TextFormat, string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  ndjson: 'application/x-ndjson; charset=utf-8',
};

export interface Rows {
  readonly site: string;
  readonly sensor: string;
  readonly properties: readonly string[];
  readonly format: TextFormat;
  readonly fileName: string;
  readonly tables: AsyncIterable<ReadingTable>;
}

/**
 * The stream to answer with. The first readings are asked for before it begins, so that a store that fails at once
 * gives a status; one that fails later destroys the connection, for a file that ends neatly would look complete.
 */
export async function sendRows(
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  rows: Rows,
  onBroken: (request: FastifyRequest, error: Error) => void,
): Promise<Readable> {
  const pieces = piecesOf(rows);
  const first = await pieces.next();
  reply.type(mediaTypes[rows.format]);
  reply.header('content-disposition', `attachment; filename="${rows.fileName}.${rows.format}"`);
  if (request.method === 'HEAD') {
    // The server would read the whole stream only to throw it away.
    await pieces.return(undefined);
    return Readable.from([]);
  }
  async function* all() {
    try {
      if (first.done !== true) yield first.value;
      yield* pieces;
    } catch (error) {
      onBroken(request, error as Error);
      throw error;
    }
  }
  // A shallow buffer: more is asked for only when the client has taken this.
  return Readable.from(all(), { objectMode: true, highWaterMark: 1 });
}

async function* piecesOf({ format, tables, ...of }: Rows): AsyncGenerator<Buffer> {
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

/** Names of sites and sensors fit into file names; a range gets its days, and so does what was known on one. */
export function fileNameOf(asked: AskedRange & { readonly site: string; readonly sensor: string }): string {
  const { site, sensor, from, to, asOf } = asked;
  const day = (time: number | undefined, other: string) =>
    time === undefined ? other : new Date(time).toISOString().slice(0, 10);
  const range = from === undefined && to === undefined ? '' : `_${day(from, 'start')}_${day(to, 'now')}`;
  const known = asOf === undefined ? '' : `_as-of_${day(asOf, '')}`;
  return `${site}_${sensor}${range}${known}`;
}
