// The readings of one sensor and range: page by page, thinned, or in one go as CSV.
import { z } from 'zod';
import type { ReadingPage, ReadingQuery } from '../../store/reading-store.ts';
import { tableOf } from '../../store/reading-table.ts';
import type { ReadingsAnswer } from '../answer/answers.ts';
import { reading } from '../answer/examples.ts';
import { readingsSchema } from '../answer/reading.ts';
import { thinnedSchema } from '../answer/thinned.ts';
import { type Exported, exportedTables, type SensorTable, whatToExport } from '../export/exported.ts';
import { fileNameOf, mediaTypes } from '../export/file-name.ts';
import { sendPieces } from '../export/send-pieces.ts';
import { textPieces } from '../export/text-pieces.ts';
import type { ApiContext } from '../http/api.ts';
import { linkHeader, nextPage } from '../http/list-answer.ts';
import { defineRoute, type Exchange } from '../http/route.ts';
import { readingCursor } from '../request/cursor.ts';
import {
  defaultLimit,
  defaultPoints,
  type ReadingsParameters,
  readingsParameters,
} from '../request/parameters.ts';
import { rangeAnswer, rangeOf } from '../request/range.ts';
import { thinReadings } from '../request/thin-readings.ts';

export const readingsRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/readings',
  summary: 'readings of one sensor',
  description:
    'JSON comes page by page. With `thin` a range of more than `points` readings comes as buckets (`method` is `minmax`), any other as it is (`raw`). CSV without `limit` is the whole range, streamed.',
  role: 'viewer',
  query: readingsParameters,
  answers: {
    200: {
      description: 'in the order of measuredAt',
      headers: linkHeader,
      content: {
        'application/json': {
          schema: z.discriminatedUnion('method', [readingsSchema, thinnedSchema]),
          example: {
            method: 'raw',
            readings: [reading],
            next: null,
            truncated: false,
            count: 1,
            range: { from: '2026-06-01T12:00:00.000Z', to: null, asOf: null },
          },
        },
        'text/csv': {},
      },
    },
  },
  problems: ['UNKNOWN_SENSOR', 'TOO_MANY_EXPORTS'],
  async handle(context, { query: asked }, exchange) {
    const exported = await whatToExport(context, asked);
    const { properties } = exported;
    if (asked.thin !== undefined) {
      const { points = defaultPoints } = asked;
      const thinned = await thinReadings(context, { ...asked, properties, points });
      if (thinned !== undefined) return thinned;
    } else if (asked.format === 'csv' || (asked.format === undefined && prefersCsv(exchange)))
      return sendCsv(context, asked, exported, exchange);
    const page = await context.store.readings(queryOf(asked));
    return jsonOf(page, asked, exchange);
  },
});

/** A limit asks for one page, as in JSON; without one the range from there on is meant. */
async function sendCsv(
  context: ApiContext,
  asked: ReadingsParameters,
  exported: Exported,
  exchange: Exchange,
) {
  const { store, exports, onBroken } = context;
  const { sensor, limit, cursor } = asked;
  exports.take(exchange.reply);
  let tables: AsyncIterable<SensorTable>;
  if (limit !== undefined || cursor !== undefined) {
    const page = await store.readings(queryOf(asked));
    nextPage(exchange, cursorOf(page));
    tables = onlyOne({ sensor, table: tableOf(page.readings, exported.properties) });
  } else tables = exportedTables(store, exported, asked);
  const pieces = textPieces('csv', { ...exported, tables });
  const file = { pieces, mediaType: mediaTypes.csv, fileName: fileNameOf(asked, 'csv') };
  return sendPieces(exchange, file, onBroken);
}

async function* onlyOne(table: SensorTable): AsyncGenerator<SensorTable> {
  yield table;
}

function queryOf(asked: ReadingsParameters): ReadingQuery {
  const { site, sensor, properties, cursor, limit, points } = asked;
  return {
    site,
    sensor,
    ...rangeOf(asked),
    ...(properties === undefined ? {} : { properties }),
    ...(cursor === undefined ? {} : { after: cursor }),
    // A range that needs no thinning holds no more than the points asked for.
    limit: limit ?? (asked.thin === undefined ? defaultLimit : (points ?? defaultPoints)),
  };
}

function jsonOf(page: ReadingPage, asked: ReadingsParameters, exchange: Exchange): ReadingsAnswer {
  const { readings } = page;
  return {
    method: 'raw',
    readings,
    ...nextPage(exchange, cursorOf(page)),
    count: readings.length,
    range: rangeAnswer(asked),
  };
}

function cursorOf({ next }: ReadingPage): string | null {
  return next === undefined ? null : readingCursor.encode(next);
}

function prefersCsv({ request }: Exchange): boolean {
  const { accept = '' } = request.headers;
  return /\btext\/csv\b/.test(accept) && !/\bapplication\/json\b/.test(accept);
}
