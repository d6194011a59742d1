// Summaries that do not agree with the readings are found and made anew, as after an index came back from a snapshot.
import type { estypes } from '@elastic/elasticsearch';
import { type Range, RangeSet } from '@wellhead/protocol';
import { z } from 'zod';
import { type Cluster, refresh, searchWhole } from '../open/cluster.ts';
import { propertyOf } from '../open/field-name.ts';
import { indexOfMonth, monthOfIndex } from '../open/index-names.ts';
import { countMonths, recountSeries, totalOf } from './recount.ts';
import { recordWith, type SeriesHead, type SeriesRecord } from './series-record.ts';
import type { SeriesTable } from './series-table.ts';

const pageSize = 5_000;
const noneAdded = { first: undefined, lastStored: undefined, newest: undefined };

/**
 * Compares the summaries with the readings, and makes anew those that do not agree: after summaries were lost, or indices
 * of readings came back from a snapshot. Where all is well it costs two counts.
 * @returns how many summaries were made anew
 */
export async function verifySummaries(cluster: Cluster, table: SeriesTable): Promise<number> {
  const { client, names, retryPolicy } = cluster;
  await refresh(cluster, [names.readings, names.series]);
  const readings = await retryPolicy.insist(() =>
    searchWhole(client, {
      index: names.readings,
      size: 0,
      track_total_hits: true,
      query: { exists: { field: 'series' } },
    }),
  );
  const summed = await retryPolicy.insist(() =>
    searchWhole(client, { index: names.series, size: 0, aggs: { sum: { sum: { field: 'readings' } } } }),
  );
  const sum = (summed.aggregations?.sum as estypes.AggregationsSumAggregate | undefined)?.value ?? 0;
  if (totalOf(readings.hits.total) === sum) return 0;
  let rebuilt = 0;
  const counts = await countSeries(cluster);
  for (const { head, readings: count } of counts) {
    const known = (await table.load([head.id])).get(head.id)!;
    if (known.record?.readings === count) continue;
    await rebuildSeries(cluster, table, head);
    rebuilt++;
  }
  return rebuilt;
}

const bucketSchema = z.object({
  key: z.object({
    series: z.string(),
    site: z.string(),
    sensor: z.string(),
    origin: z.string(),
    seqIsTime: z.boolean(),
  }),
  doc_count: z.number(),
});

async function countSeries({
  client,
  names,
  retryPolicy,
}: Cluster): Promise<{ head: SeriesHead; readings: number }[]> {
  const fields = ['series', 'site', 'sensor', 'origin', 'seqIsTime'];
  const all: { head: SeriesHead; readings: number }[] = [];
  for (let after: Record<string, estypes.FieldValue> | undefined; ; ) {
    const { aggregations } = await retryPolicy.insist(() =>
      searchWhole(client, {
        index: names.readings,
        size: 0,
        aggs: {
          series: {
            composite: {
              size: 1_000,
              sources: fields.map((field) => ({ [field]: { terms: { field } } })),
              ...(after && { after }),
            },
          },
        },
      }),
    );
    const found = aggregations?.series as estypes.AggregationsCompositeAggregate | undefined;
    const buckets = z.array(bucketSchema).parse(found?.buckets ?? []);
    for (const { key, doc_count } of buckets) {
      const { series: id, ...rest } = key;
      all.push({ head: { id, ...rest }, readings: doc_count });
    }
    if (found?.after_key === undefined) return all;
    after = found.after_key as Record<string, estypes.FieldValue>;
  }
}

/**
 * Makes a summary agree with the readings; ranges that were held and dropped since stay held. Reads only the months
 * that do not agree, and those once: while others write there is nearly always one, and their writes come in between.
 */
export async function rebuildSeries(cluster: Cluster, table: SeriesTable, head: SeriesHead): Promise<void> {
  let scanned: Scanned | undefined;
  for (;;) {
    table.forget([head.id]);
    const known = (await table.load([head.id])).get(head.id)!;
    const months = await countAllMonths(cluster, head.id, known.record);
    scanned ??= await scanSeries(cluster, head.id, doubtfulMonths(months, known.record));
    const record = recordWith(head, known.record, {
      ...scanned,
      months,
      added: noneAdded,
      recount: (await recountSeries(cluster, [head.id])).get(head.id),
    });
    const refused = await table.save(new Map([[head.id, { known, record }]]));
    if (refused.length === 0) return;
  }
}

async function countAllMonths(
  cluster: Cluster,
  series: string,
  record: SeriesRecord | undefined,
): Promise<ReadonlyMap<string, number>> {
  const { client, names, retryPolicy } = cluster;
  const indices = Object.keys(
    await retryPolicy.insist(() => client.indices.get({ index: names.readings, features: 'aliases' })),
  );
  const months = new Set([
    ...indices.map((index) => monthOfIndex(names, index)),
    ...Object.keys(record?.summary.months ?? {}),
  ]);
  const asked = [...months].map((month) => ({ series, month }));
  const counts = await countMonths(cluster, asked);
  return new Map(asked.map(({ month }, i) => [month, counts[i]!]));
}

/** All of them where the summary does not even hold what it counts: it was begun anew under way. */
function doubtfulMonths(months: ReadonlyMap<string, number>, record: SeriesRecord | undefined): string[] {
  const isWhole =
    record !== undefined &&
    (record.summary.seqIsTime || new RangeSet(record.ledger.held).size >= record.readings);
  return [...months]
    .filter(([month, count]) => !isWhole || count !== (record.summary.months[month] ?? 0))
    .map(([month]) => month);
}

interface Scanned {
  readonly held: readonly Range[];
  readonly revised: readonly Range[];
  readonly properties: Iterable<string>;
}

const scannedSchema = z.object({
  seq: z.number(),
  revision: z.number(),
  values: z.record(z.string(), z.unknown()),
  raw: z.record(z.string(), z.unknown()).default({}),
});

async function scanSeries(
  { client, names, retryPolicy }: Cluster,
  series: string,
  months: readonly string[],
): Promise<Scanned> {
  const held = new RangeSet();
  const revised = new RangeSet();
  const properties = new Set<string>();
  if (months.length === 0) return { held: [], revised: [], properties };
  for (let after: estypes.SortResults | undefined; ; ) {
    const { hits } = await retryPolicy.insist(() =>
      searchWhole(client, {
        index: months.map((month) => indexOfMonth(names, month)),
        size: pageSize,
        track_total_hits: false,
        _source: ['seq', 'revision', 'values', 'raw'],
        query: { term: { series } },
        sort: [{ seq: 'asc' }],
        ...(after && { search_after: after }),
      }),
    );
    for (const { _source } of hits.hits) {
      const { seq, revision, values, raw } = scannedSchema.parse(_source);
      held.add(seq, seq);
      if (revision > 0) revised.add(seq, seq);
      for (const field of [...Object.keys(values), ...Object.keys(raw)]) properties.add(propertyOf(field));
    }
    if (hits.hits.length < pageSize) return { held: held.ranges, revised: revised.ranges, properties };
    after = hits.hits.at(-1)!.sort;
  }
}
