import type { ElasticsearchNode } from '../../test/real/elasticsearch.ts';

/** How many documents an index holds, or several by a pattern; 0 while there is none. */
export async function countDocuments(node: ElasticsearchNode, index: string): Promise<number> {
  await fetch(`${node.url}/${index}/_refresh`, { method: 'POST' });
  const response = await fetch(`${node.url}/${index}/_count`);
  return response.ok ? ((await response.json()) as { count: number }).count : 0;
}
