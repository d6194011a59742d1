// All readings of a range as one file, with what a reader has to know of it.
import { isoTime } from '@wellhead/protocol';
import { fileDescriptionSchema } from '../answer/file-description.ts';
import type { ApiContext } from '../http/api.ts';
import { defineRoute, type Exchange, json } from '../http/route.ts';
import { type ExportParameters, exportParameters } from '../request/parameters.ts';
import { arrowPieces } from './arrow-pieces.ts';
import { describeFile, type FileDescription } from './describe-file.ts';
import { type Exported, exportedTables, whatToExport } from './exported.ts';
import { fileNameOf, mediaTypes } from './file-name.ts';
import { sendParquet } from './send-parquet.ts';
import { sendPieces } from './send-pieces.ts';
import { type Rows, textPieces } from './text-pieces.ts';

const path = '/api/v1/export';

export const exportRoute = defineRoute({
  method: 'GET',
  path,
  summary: 'all readings of a range, of one sensor or of a whole site, as one file',
  description:
    'Never cut short: an answer that ends without an error is whole. Without `sensor` the file holds all sensors of the site, one after another by name, with the name in each row and the properties of them all. `Link` leads to the description of the columns (`describedby`) and to the licence.',
  role: 'viewer',
  head: false,
  query: exportParameters,
  answers: {
    200: {
      description: 'CSV unless `format` says otherwise; of each sensor in the order of measuredAt',
      headers: { link: 'the description of the columns, and the licence where it has an address' },
      content: {
        'text/csv': {},
        'application/x-ndjson': {},
        'application/vnd.apache.parquet': {},
        'application/vnd.apache.arrow.stream': {},
      },
    },
  },
  problems: ['UNKNOWN_SENSOR', 'MIXED_UNITS', 'TOO_MANY_EXPORTS', 'FILE_TOO_LARGE', 'FORMAT_UNAVAILABLE'],
  async handle(context, { query: asked }, exchange) {
    const { description, exported } = await describe(context, asked);
    const { format = 'csv' } = asked;
    context.exports.take(exchange.reply);
    linkDescription(exchange, asked, description);
    const rows: Rows = { ...exported, tables: exportedTables(context.store, exported, asked) };
    const fileName = fileNameOf(asked, format);
    if (format === 'parquet') return sendParquet(exchange, { ...rows, fileName }, description);
    const pieces = format === 'arrow' ? arrowPieces({ ...rows, description }) : textPieces(format, rows);
    return sendPieces(exchange, { pieces, mediaType: mediaTypes[format], fileName }, context.onBroken);
  },
});

export const exportMetadataRoute = defineRoute({
  method: 'GET',
  path: `${path}/metadata`,
  summary: 'columns of an export with titles, units and datum, and its licence',
  description: 'CSV on the Web (W3C); Parquet and Arrow hold the same under the key `csvw`.',
  role: 'viewer',
  query: exportParameters,
  answers: { 200: json('for the export with the same parameters', fileDescriptionSchema) },
  problems: ['UNKNOWN_SENSOR', 'MIXED_UNITS'],
  handle: async (context, { query: asked }) => (await describe(context, asked)).description,
});

async function describe(
  context: ApiContext,
  asked: ExportParameters,
): Promise<{ readonly description: FileDescription; readonly exported: Exported }> {
  const exported = await whatToExport(context, asked);
  const url = `${path}?${queryOf(asked)}`;
  const known = context.sites.get(asked.site);
  return { exported, description: describeFile({ ...exported, url, known, licence: context.licence }) };
}

function linkDescription(
  { reply }: Exchange,
  asked: ExportParameters,
  { 'dc:license': licence }: FileDescription,
): void {
  const links = [`<${path}/metadata?${queryOf(asked)}>; rel="describedby"; type="application/csvm+json"`];
  if (licence !== undefined && URL.canParse(licence)) links.push(`<${encodeURI(licence)}>; rel="license"`);
  reply.header('link', links.join(', '));
}

/** The address of the same as CSV; the form is the reader's choice, and the columns are the same. */
function queryOf({ site, sensor, from, to, asOf, properties }: ExportParameters): string {
  const query = new URLSearchParams({ site });
  if (sensor !== undefined) query.set('sensor', sensor);
  if (from !== undefined) query.set('from', isoTime(from));
  if (to !== undefined) query.set('to', isoTime(to));
  if (asOf !== undefined) query.set('asOf', isoTime(asOf));
  if (properties !== undefined) query.set('properties', properties.join(','));
  return query.toString();
}
