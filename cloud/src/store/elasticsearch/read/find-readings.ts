// A page of a sensor’s readings, for those who read on from where the page before ended.
import type { estypes } from '@elastic/elasticsearch';
import type { ReadingPage, ReadingQuery, StoredReading } from '../../reading-store.ts';
import { type Cluster, searchWhole } from '../open/cluster.ts';
import { documentSchema, type ReadingDocument, storedReadingOf } from '../open/stored-reading.ts';

/** What Elasticsearch gives in one answer, by default. */
const pageMost = 10_000;

type Place = readonly [measuredAt: number, origin: string, seq: number];

/** One page of a sensor's readings, in the order of measuredAt, origin, seq. */
export async function findReadings(cluster: Cluster, asked: ReadingQuery): Promise<ReadingPage> {
  const wanted = asked.properties && new Set(asked.properties);
  const readings: StoredReading[] = [];
  if (holdsNothing(asked)) return { readings };
  let after: Place | undefined = asked.after && [asked.after.measuredAt, asked.after.origin, asked.after.seq];
  for (;;) {
    // One more than is asked for tells whether more follow.
    const size = Math.min(asked.limit + 1 - readings.length, pageMost);
    const documents = await search(cluster, asked, size, after);
    for (const document of documents) {
      if (readings.length === asked.limit) {
        const [measuredAt, origin, seq] = after!;
        return { readings, next: { measuredAt, origin, seq } };
      }
      readings.push(storedReadingOf(document, wanted));
      after = [document.measuredAtMs, document.origin, document.seq];
    }
    if (documents.length < size) return { readings };
  }
}

async function search(
  { client, names }: Cluster,
  asked: ReadingQuery,
  size: number,
  after: Place | undefined,
): Promise<ReadingDocument[]> {
  const { hits } = await searchWhole(client, {
    index: names.readings,
    size,
    track_total_hits: false,
    query: { bool: { filter: filterOf(asked) } },
    sort: [{ measuredAtMs: 'asc' }, { origin: 'asc' }, { seq: 'asc' }],
    ...(after && { search_after: [...after] }),
  });
  return hits.hits.map(({ _source }) => documentSchema.parse(_source));
}

type Bounds = Pick<ReadingQuery, 'from' | 'to' | 'asOf'>;

/** Elasticsearch has no infinite numbers to compare with. */
export function holdsNothing({ from, to, asOf }: Bounds): boolean {
  const { POSITIVE_INFINITY, NEGATIVE_INFINITY } = Number;
  return from === POSITIVE_INFINITY || to === NEGATIVE_INFINITY || asOf === NEGATIVE_INFINITY;
}

/** `from` ≤ measuredAt < `to` of one sensor, stored at `asOf` or before. */
export function filterOf(
  asked: Pick<ReadingQuery, 'site' | 'sensor'> & Bounds,
): estypes.QueryDslQueryContainer[] {
  const { site, sensor, from, to, asOf } = asked;
  const range = { ...(isBound(from) && { gte: from }), ...(isBound(to) && { lt: to }) };
  return [
    ...[{ term: { site } }, { term: { sensor } }],
    ...(Object.keys(range).length === 0 ? [] : [{ range: { measuredAtMs: range } }]),
    ...(isBound(asOf) ? [{ range: { storedAt: { lte: Math.floor(asOf) } } }] : []),
  ];
}

function isBound(time: number | undefined): time is number {
  return time !== undefined && Number.isFinite(time);
}
