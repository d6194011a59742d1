// What lists of sensors are made of: summaries and newest readings, without counting documents.
import { groupBy } from '@wellhead/protocol';
import { z } from 'zod';
import type { SensorFilter, SensorSummary, StoredReading } from '../../reading-store.ts';
import { type Cluster, searchWhole } from '../open/cluster.ts';
import { documentSchema, storedReadingOf } from '../open/stored-reading.ts';
import { isLater, type SeriesSummary } from './series-record.ts';
import { summarySchema } from './series-table.ts';

const pageSize = 1_000;

const rowSchema = z.object({
  site: z.string(),
  sensor: z.string(),
  origin: z.string(),
  readings: z.number(),
  summary: summarySchema,
});

export type SeriesRow = z.infer<typeof rowSchema>;

/** The summaries of all series, or of a site's or a sensor's, without what only the writer needs. */
export async function listSeries(
  { client, names }: Cluster,
  filter: SensorFilter = {},
): Promise<SeriesRow[]> {
  const terms = Object.entries(filter).filter(([, name]) => name !== undefined);
  const rows: SeriesRow[] = [];
  for (let after: string[] | undefined; ; ) {
    const { hits } = await searchWhole(client, {
      index: names.series,
      size: pageSize,
      _source: ['site', 'sensor', 'origin', 'readings', 'summary'],
      query: { bool: { filter: terms.map(([field, name]) => ({ term: { [field]: name } })) } },
      sort: [{ series: 'asc' }],
      ...(after && { search_after: after }),
    });
    for (const { _source } of hits.hits) rows.push(rowSchema.parse(_source));
    if (hits.hits.length < pageSize) return rows;
    after = hits.hits.at(-1)!.sort as string[];
  }
}

/** Series by sensor, sensors by site and name, series of a sensor by origin. Sensors without readings are left out. */
function bySensor(rows: readonly SeriesRow[]): SeriesRow[][] {
  const sorted = [...rows].sort(
    (a, b) => compare(a.site, b.site) || compare(a.sensor, b.sensor) || compare(a.origin, b.origin),
  );
  const sensors = groupBy(sorted, ({ site, sensor }) => JSON.stringify([site, sensor]));
  return [...sensors.values()].filter((series) => series.some(({ readings }) => readings > 0));
}

export function summariesOf(rows: readonly SeriesRow[]): SensorSummary[] {
  return bySensor(rows).map((series) => {
    const newest = newestOf(series);
    const { site, sensor } = series[0]!;
    const times = (pick: 'first' | 'lastStored') =>
      series.flatMap(({ summary }) => (summary[pick] === undefined ? [] : [summary[pick]]));
    return {
      site,
      sensor,
      gateway: newest?.gateway ?? '',
      type: newest?.type ?? '',
      properties: [...new Set(series.flatMap(({ summary }) => summary.properties))],
      readings: series.reduce((sum, { readings }) => sum + readings, 0),
      firstMeasuredAt: Math.min(...times('first')),
      lastMeasuredAt: newestPlace(series)?.measuredAt ?? Number.NEGATIVE_INFINITY,
      lastStoredAt: Math.max(...times('lastStored')),
      origins: series
        // Where seq is a time, nothing can be missing.
        .filter(({ summary }) => !summary.seqIsTime)
        .map(({ origin, summary: { highest, missing } }) => ({ origin, highest, missing })),
    };
  });
}

export function newestReadings(rows: readonly SeriesRow[]): StoredReading[] {
  return bySensor(rows).flatMap((series) => newestOf(series) ?? []);
}

function newestOf(series: readonly SeriesRow[]): StoredReading | undefined {
  const document = newestPlace(series)?.document;
  return document === undefined ? undefined : storedReadingOf(documentSchema.parse(JSON.parse(document)));
}

/** Of readings of the same moment the one of the last origin, as in the order of readings. */
function newestPlace(series: readonly SeriesRow[]): SeriesSummary['newest'] {
  let best: SeriesSummary['newest'];
  for (const { summary } of series) {
    const { newest } = summary;
    if (newest === undefined) continue;
    if (best === undefined || newest.measuredAt === best.measuredAt || isLater(newest, best)) best = newest;
  }
  return best;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
