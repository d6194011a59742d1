// Thins in the cluster, by aggregation.
import type { estypes } from '@elastic/elasticsearch';
import { z } from 'zod';
import { flagOfRank, rankOfFlag } from '../../quality-word.ts';
import { type Bucket, bucketLength, type Cell, type Thinned, type ThinQuery } from '../../thin-query.ts';
import { type Cluster, searchMany, searchWhole } from '../open/cluster.ts';
import { fieldOf } from '../open/field-name.ts';
import { filterOf, holdsNothing } from './find-readings.ts';

const bad = { term: { timeFlag: 4 } };
const number = z.object({ value: z.number().nullish() });
const rangeSchema = z.object({
  untimely: z.object({ doc_count: z.number() }),
  timely: z.object({ first: number, last: number }),
});
const bucketSchema = z.object({ key: z.number(), doc_count: z.number(), first: number, last: number });
const cellSchema = z.object({
  key: z.number(),
  flags: z.object({ buckets: z.array(z.object({ key: z.number() })) }),
  usable: z.object({ count: number, min: number, max: number }),
});

/** -0 lies beside the numbers here (`raw`), so it counts for no bucket; its flag does. */
export async function thinReadings(cluster: Cluster, asked: ThinQuery): Promise<Thinned> {
  const { from, to } = asked;
  const nothing = { bucketMs: 1, buckets: [], untimely: 0 };
  if (holdsNothing(asked)) return nothing;
  const { first, last, untimely } = await findRange(cluster, asked);
  if (first === undefined || last === undefined) return { ...nothing, untimely };
  const bucketMs = bucketLength(
    Number.isFinite(from) ? from! : first,
    Number.isFinite(to) ? to! - 1 : last,
    asked.buckets,
  );
  const histogram = { field: 'measuredAtMs', interval: bucketMs, min_doc_count: 1 };
  const body = (aggs: Record<string, estypes.AggregationsAggregationContainer>) => ({
    index: cluster.names.readings,
    body: {
      size: 0,
      query: { bool: { filter: filterOf(asked), must_not: [bad] } },
      aggs: { by: { histogram, aggs } },
    },
  });
  // A search for each property: all in one would soon be more buckets than Elasticsearch gives (65,536).
  const answers = await searchMany(cluster, [
    body({ first: { min: { field: 'measuredAtMs' } }, last: { max: { field: 'measuredAtMs' } } }),
    ...asked.properties.map((property) => body(cellAggregations(fieldOf(property)))),
  ]);
  const [times, ...properties] = answers.map(({ aggregations }) => bucketsOf(aggregations));
  const cellsOf = properties.map((buckets) => new Map(buckets.map(cellOf)));
  const buckets = z.array(bucketSchema).parse(times);
  return {
    bucketMs,
    untimely,
    buckets: buckets.map(
      ({ key, doc_count, ...of }): Bucket => ({
        start: key,
        readings: doc_count,
        first: of.first.value!,
        last: of.last.value!,
        cells: cellsOf.map((cells) => cells.get(key)!),
      }),
    ),
  };
}

async function findRange({ client, names }: Cluster, asked: ThinQuery) {
  const { aggregations } = await searchWhole(client, {
    index: names.readings,
    size: 0,
    query: { bool: { filter: filterOf(asked) } },
    aggs: {
      untimely: { filter: bad },
      timely: {
        filter: { bool: { must_not: [bad] } },
        aggs: { first: { min: { field: 'measuredAtMs' } }, last: { max: { field: 'measuredAtMs' } } },
      },
    },
  });
  // Without any index there is no aggregation either.
  if (aggregations === undefined) return { first: undefined, last: undefined, untimely: 0 };
  const { timely, untimely } = rangeSchema.parse(aggregations);
  return {
    first: timely.first.value ?? undefined,
    last: timely.last.value ?? undefined,
    untimely: untimely.doc_count,
  };
}

function cellAggregations(field: string): Record<string, estypes.AggregationsAggregationContainer> {
  const value = { field: `values.${field}` };
  return {
    flags: { terms: { field: `flags.${field}`, size: 10 } },
    usable: {
      filter: { bool: { must_not: [{ terms: { [`flags.${field}`]: [4, 9] } }] } },
      aggs: { count: { value_count: value }, min: { min: value }, max: { max: value } },
    },
  };
}

function bucketsOf(aggregations: unknown): unknown[] {
  return z.object({ by: z.object({ buckets: z.array(z.unknown()) }) }).parse(aggregations).by.buckets;
}

function cellOf(raw: unknown): [number, Cell] {
  const { key, flags, usable } = cellSchema.parse(raw);
  const { count, min, max } = usable;
  // Of values without a number Elasticsearch gives null, or infinities in older versions.
  const known = (count.value ?? 0) > 0;
  return [
    key,
    {
      count: count.value ?? 0,
      min: known ? min.value! : Number.NaN,
      max: known ? max.value! : Number.NaN,
      worst:
        flags.buckets.length === 0
          ? undefined
          : flagOfRank(Math.max(...flags.buckets.map((one) => rankOfFlag(one.key)))),
    },
  ];
}
