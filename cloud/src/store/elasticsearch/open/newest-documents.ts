// Documents that have `start`, `id` and all else as text, newest first; and one of them.
import type { estypes } from '@elastic/elasticsearch';
import type { StartCursor } from '../../start-cursor.ts';
import { type Cluster, searchWhole } from './cluster.ts';
import { statusOf } from './retry-policy.ts';

interface Asked {
  readonly index: string;
  readonly fields: readonly string[];
  readonly bool: estypes.QueryDslBoolQuery;
  readonly size: number;
  readonly after: StartCursor | undefined;
}

/** By start and then id. */
export async function newestDocuments<Document>(
  { client }: Cluster,
  { index, fields, bool, size, after }: Asked,
): Promise<Document[]> {
  const { hits } = await searchWhole<Document>(client, {
    index,
    size,
    track_total_hits: false,
    _source: [...fields],
    query: { bool },
    sort: [{ start: 'desc' }, { id: 'desc' }],
    ...(after && { search_after: [after.start, after.id] }),
  });
  return hits.hits.map(({ _source }) => _source!);
}

/** As it was last written, whether a search would find it by now or not; undefined where there is none. */
export async function getDocument<Document>(
  { client }: Cluster,
  { index, id, fields }: { readonly index: string; readonly id: string; readonly fields: readonly string[] },
): Promise<Document | undefined> {
  try {
    return (await client.get<Document>({ index, id, realtime: true, _source: [...fields] }))._source;
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}
