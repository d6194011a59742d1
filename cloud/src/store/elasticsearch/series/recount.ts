// What the indices themselves say of a series: readings by month, and its first and newest.
import type { estypes } from '@elastic/elasticsearch';
import { type Cluster, searchMany } from '../open/cluster.ts';
import { indexOfMonth } from '../open/index-names.ts';
import { documentSchema } from '../open/stored-reading.ts';
import type { Recount } from './series-record.ts';

export interface SeriesMonth {
  readonly series: string;
  readonly month: string;
}

/**
 * How many readings some series have in some months. A count by one term, which Elasticsearch mostly knows without
 * looking at documents: so it can be asked after every write, and is right after every kind of accident.
 */
export async function countMonths(cluster: Cluster, asked: readonly SeriesMonth[]): Promise<number[]> {
  const found = await searchMany(
    cluster,
    asked.map(({ series, month }) => ({
      index: indexOfMonth(cluster.names, month),
      body: { size: 0, track_total_hits: true, query: { term: { series } } },
    })),
  );
  return found.map(({ hits }) => totalOf(hits.total));
}

/** First, last and newest of series by their readings: after corrections, and where an answer was lost. */
export async function recountSeries(
  cluster: Cluster,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Recount>> {
  const found = await searchMany(
    cluster,
    ids.map((series) => ({
      index: cluster.names.readings,
      body: {
        size: 1,
        query: { term: { series } },
        sort: [{ measuredAtMs: 'desc' }, { seq: 'desc' }],
        aggs: {
          first: { min: { field: 'measuredAtMs' } },
          lastStored: { max: { field: 'storedAt' } },
        },
      },
    })),
  );
  return new Map(ids.map((id, i) => [id, recountOf(found[i]!)]));
}

function recountOf({ hits, aggregations }: estypes.MsearchMultiSearchItem): Recount {
  const source = hits.hits[0]?._source;
  if (source === undefined) return { first: undefined, lastStored: undefined, newest: undefined };
  const document = documentSchema.parse(source);
  return {
    first: numberOf(aggregations?.first),
    lastStored: numberOf(aggregations?.lastStored),
    newest: { measuredAt: document.measuredAtMs, seq: document.seq, document: JSON.stringify(source) },
  };
}

function numberOf(aggregate: estypes.AggregationsAggregate | undefined): number | undefined {
  const value = (aggregate as estypes.AggregationsMinAggregate | undefined)?.value;
  return value ?? undefined;
}

export function totalOf(total: estypes.SearchTotalHits | number | undefined): number {
  return typeof total === 'object' ? total.value : (total ?? 0);
}
