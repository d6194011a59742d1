// Searches and bulk requests that are answered as a whole or fail: half an answer would be a wrong one.
import type { Client, estypes } from '@elastic/elasticsearch';
import { z } from 'zod';
import type { BulkItem } from './bulk-queue.ts';
import type { IndexNames } from './index-names.ts';
import { PassingFailure, type RetryPolicy } from './retry-policy.ts';

/** What the rooms of this store share: the client, the names, and how long they wait. */
export interface Cluster {
  readonly client: Client;
  readonly names: IndexNames;
  readonly retryPolicy: RetryPolicy;
}

const answerSchema = z.object({
  status: z.number(),
  error: z.object({ type: z.string().optional(), reason: z.string().optional() }).optional(),
  _seq_no: z.number().optional(),
  _primary_term: z.number().optional(),
});
export type BulkAnswer = z.infer<typeof answerSchema>;
const bulkSchema = z.object({ items: z.array(z.record(z.string(), answerSchema)) });

const answered = ['items.*.status', 'items.*.error.type', 'items.*.error.reason'];

/** Sends documents as they are; asks only for what is needed of the answer, which is otherwise as long as the question. */
export async function sendBulk(
  client: Client,
  items: readonly BulkItem[],
  wanted: readonly ('_seq_no' | '_primary_term')[] = [],
  { refresh = false } = {},
): Promise<readonly BulkAnswer[]> {
  const operations: string[] = [];
  for (const { action, source } of items) operations.push(action, source);
  const answer = bulkSchema.parse(
    await client.bulk({
      operations,
      ...(refresh && { refresh }),
      filter_path: [...answered, ...wanted.map((field) => `items.*.${field}`)],
    }),
  );
  return answer.items.map((item) => Object.values(item)[0]!);
}

/** Searches everything or fails: half an answer would make wrong counts and holes that are none. */
export function searchWhole<Document>(
  client: Client,
  request: estypes.SearchRequest,
): Promise<estypes.SearchResponse<Document>> {
  return client.search<Document>({
    allow_partial_search_results: false,
    ignore_unavailable: true,
    ...request,
  });
}

/** Searches in one request, all of them whole. */
export async function searchMany(
  { client, retryPolicy }: Cluster,
  searches: readonly { readonly index: string; readonly body: estypes.MsearchMultisearchBody }[],
): Promise<estypes.MsearchMultiSearchItem[]> {
  const found: estypes.MsearchMultiSearchItem[] = [];
  for (let from = 0; from < searches.length; from += searchesInOne) {
    const some = searches.slice(from, from + searchesInOne);
    const { responses } = await retryPolicy.insist(async () => {
      const answer = await client.msearch({
        searches: some.flatMap(({ index, body }) => [
          { index, ignore_unavailable: true, allow_partial_search_results: false },
          body,
        ]),
      });
      for (const response of answer.responses) {
        if ('error' in response) throw new PassingFailure(`a search failed: ${response.error.reason}`);
      }
      return answer;
    });
    for (const response of responses) found.push(response as estypes.MsearchMultiSearchItem);
  }
  return found;
}

const searchesInOne = 500;

/** Makes visible what was written to some indices; a shard that is not there yet is waited for. */
export function refresh({ client, retryPolicy }: Cluster, index: readonly string[] | string): Promise<void> {
  return retryPolicy.insist(async () => {
    const { _shards } = await client.indices.refresh({
      index: typeof index === 'string' ? index : [...index],
      ignore_unavailable: true,
    });
    if (_shards !== undefined && _shards.failed > 0)
      throw new PassingFailure(`${_shards.failed} shards could not be refreshed`);
  });
}
