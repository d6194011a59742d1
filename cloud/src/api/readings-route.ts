// The readings of one sensor and range, page by page as JSON or in one go as CSV.
import { Readable } from 'node:stream';
import { z } from 'zod';
import type { ReadingPage, ReadingQuery, ReadingStore } from '../store/reading-store.ts';
import { readingsSchema } from './answer/reading.ts';
import { thinnedSchema } from './answer/thinned.ts';
import type { ReadingsAnswer, SensorAnswer } from './answers.ts';
import type { ApiContext } from './api.ts';
import { csvHeader, csvLine } from './csv.ts';
import { encodeCursor } from './cursor.ts';
import { isoOrNull } from './describe-sensors.ts';
import { findSensor } from './find-sensor.ts';
import { linkHeader, linkNext } from './link-next.ts';
import { defaultLimit, defaultPoints, type ReadingsParameters, readingsParameters } from './parameters.ts';
import { badParameter } from './problem.ts';
import { defineRoute, type Exchange } from './route.ts';
import { thinReadings } from './thin-readings.ts';

const exportPage = 10_000;
/** Lines of a page go out in pieces, so that the text of a whole page never stands in memory twice. */
const linesAtOnce = 1_000;

export const readingsRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/readings',
  summary: 'readings of one sensor',
  description:
    'JSON comes page by page. With `thin` a range of more than `points` readings comes as buckets (`method` is `minmax`), any other as it is (`raw`).',
  role: 'viewer',
  query: readingsParameters,
  answers: {
    200: {
      description: 'in the order of measuredAt',
      headers: linkHeader,
      content: {
        'application/json': { schema: z.discriminatedUnion('method', [readingsSchema, thinnedSchema]) },
        'text/csv': {},
      },
    },
  },
  problems: ['UNKNOWN_SENSOR'],
  async handle(context, { query: asked }, exchange) {
    const sensor = await findSensor(context, asked.site, asked.sensor);
    if (asked.thin !== undefined) {
      const { site, sensor: name, from, to, points = defaultPoints } = asked;
      const properties = knownProperties(asked.properties, sensor);
      const thinned = await thinReadings(context, {
        ...{ site, sensor: name, from, to, points },
        properties,
      });
      if (thinned !== undefined) return thinned;
    }
    const { accept } = exchange.request.headers;
    const csv = asked.format === 'csv' || (asked.format === undefined && prefersCsv(accept));
    const query = queryOf(asked, sensor, csv);
    const page = await context.store.readings(query);
    if (csv) return sendCsv(context, exchange, { asked, query, page, columns: columnsOf(asked, sensor) });
    const next = cursorOf(page);
    linkNext(exchange, next);
    return jsonOf(page, asked);
  },
});

function sendCsv(
  { store, onBroken }: ApiContext,
  exchange: Exchange,
  { asked, query, page, columns }: Export,
): Readable {
  const { request, reply } = exchange;
  // A limit asks for one page, as in JSON; without one the range is meant.
  const whole = asked.limit === undefined;
  if (!whole) linkNext(exchange, cursorOf(page));
  reply.type('text/csv; charset=utf-8; header=present');
  reply.header('content-disposition', `attachment; filename="${fileName(asked)}"`);
  const lines = csvLines(store, {
    query,
    page,
    columns,
    whole,
    onBroken: (error) => onBroken(request, error),
  });
  // A shallow buffer: the next page is asked for only when the client has taken this one.
  return Readable.from(lines, { objectMode: true, highWaterMark: 1 });
}

interface Export {
  readonly asked: ReadingsParameters;
  readonly query: ReadingQuery;
  readonly page: ReadingPage;
  readonly columns: readonly string[];
}

interface Lines extends Omit<Export, 'asked'> {
  /** False: only the page that is there already. */
  readonly whole: boolean;
  readonly onBroken: (error: Error) => void;
}

function queryOf(asked: ReadingsParameters, sensor: SensorAnswer, csv: boolean): ReadingQuery {
  const { site, sensor: name, from, to, properties, cursor } = asked;
  knownProperties(properties, sensor);
  return {
    site,
    sensor: name,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(properties === undefined ? {} : { properties }),
    ...(cursor === undefined ? {} : { after: cursor }),
    limit: asked.limit ?? asked.points ?? (csv ? exportPage : defaultLimit),
  };
}

/** Those asked for, once each; left out: all. @throws ApiProblem BAD_PARAMETER */
function knownProperties(asked: readonly string[] | undefined, sensor: SensorAnswer): string[] {
  const known = sensor.properties.map((property) => property.name);
  const unknown = (asked ?? []).filter((property) => !known.includes(property));
  if (unknown.length > 0)
    throw badParameter(
      'properties',
      `${sensor.sensor} has no ${unknown.join(', ')}; it has ${known.join(', ')}`,
    );
  return [...new Set(asked ?? known)];
}

function columnsOf({ properties }: ReadingsParameters, sensor: SensorAnswer): string[] {
  return [...new Set(properties ?? sensor.properties.map((property) => property.name))];
}

async function* csvLines(
  store: ReadingStore,
  { query, page, columns, whole, onBroken }: Lines,
): AsyncGenerator<string> {
  yield csvHeader(columns);
  for (let current: ReadingPage | undefined = page; current !== undefined; ) {
    const { readings, next }: ReadingPage = current;
    for (let start = 0; start < readings.length; start += linesAtOnce) {
      let lines = '';
      for (const reading of readings.slice(start, start + linesAtOnce)) lines += csvLine(reading, columns);
      yield lines;
    }
    try {
      current = whole && next !== undefined ? await store.readings({ ...query, after: next }) : undefined;
    } catch (error) {
      // Thrown on, it destroys the connection: a file that ends neatly would look complete.
      onBroken(error as Error);
      throw error;
    }
  }
}

function jsonOf(page: ReadingPage, { from, to }: ReadingsParameters): ReadingsAnswer {
  const { readings } = page;
  const next = cursorOf(page);
  return {
    method: 'raw',
    readings,
    next,
    truncated: next !== null,
    count: readings.length,
    range: { from: isoOrNull(from), to: isoOrNull(to) },
  };
}

function cursorOf({ next }: ReadingPage): string | null {
  return next === undefined ? null : encodeCursor(next);
}

function prefersCsv(accept = ''): boolean {
  return /\btext\/csv\b/.test(accept) && !/\bapplication\/json\b/.test(accept);
}

/** Names of sites and sensors fit into file names; a range gets its days. */
function fileName({ site, sensor, from, to }: ReadingsParameters): string {
  const day = (time: number | undefined) => isoOrNull(time)?.slice(0, 10);
  const range = from === undefined && to === undefined ? '' : `_${day(from) ?? 'start'}_${day(to) ?? 'now'}`;
  return `${site}_${sensor}${range}.csv`;
}
