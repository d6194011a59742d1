// Stores of their own, for tests, on one Elasticsearch node.
import { setTimeout as pause } from 'node:timers/promises';
import {
  type ElasticsearchStore,
  type ElasticsearchStoreOptions,
  openElasticsearchStore,
} from '../../cloud/src/store/elasticsearch/elasticsearch-store.ts';

let made = 0;

/** A prefix that no other test uses. */
export function newPrefix(): string {
  return `test-${process.pid}-${++made}`;
}

export function openStore(
  url: string,
  prefix: string,
  more: Partial<ElasticsearchStoreOptions> = {},
): Promise<ElasticsearchStore> {
  return openElasticsearchStore({
    nodes: [url],
    prefix,
    wait: (ms, signal) => pause(ms, undefined, { signal }),
    random: Math.random,
    onTrouble: () => undefined,
    ...more,
  });
}

/** Asks the node something over plain HTTP, so that no part of the store checks itself. */
export async function ask<T = Record<string, unknown>>(
  url: string,
  path: string,
  init?: RequestInit,
): Promise<T> {
  const response = await fetch(`${url}/${path}`, init);
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}

/** Removes everything with a prefix. */
export async function removeAll(url: string, prefix: string): Promise<void> {
  const indices = Object.keys(await ask<object>(url, `${prefix}-*?features=aliases`));
  for (const index of indices) await ask(url, index, { method: 'DELETE' });
  await ask(
    url,
    `_index_template/${prefix}-readings,${prefix}-series,${prefix}-events,${prefix}-feedback,${prefix}-annotations`,
    {
      method: 'DELETE',
    },
  );
}
