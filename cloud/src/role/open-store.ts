// The store that the configuration names, be it DuckDB or Elasticsearch.
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { CloudConfig } from '../config/schema.ts';
import type { MonthDropper } from '../store/month-dropper.ts';
import type { ReadingStore } from '../store/reading-store.ts';

export interface OpenStoreOptions {
  /** Folder for stores that keep files. */
  readonly data: string;
  /** Finds files that the configuration names. */
  readonly beside: (path: string) => string;
  /** Told each time a store on the network is waited for. */
  readonly onTrouble: (trouble: { readonly reason: string; readonly retryInMs: number }) => void;
}

/**
 * Opens the store that is configured, and loads only that one.
 * @throws WellheadError STORE_OPEN
 */
export async function openStore(
  config: CloudConfig['store'],
  { data, beside, onTrouble }: OpenStoreOptions,
): Promise<ReadingStore & Partial<MonthDropper>> {
  if (config.kind === 'elasticsearch') {
    const { openElasticsearchStore } = await import('../store/elasticsearch/elasticsearch-store.ts');
    const { nodes, prefix, apiKey, username, password, caFile } = config;
    return openElasticsearchStore({
      nodes,
      prefix,
      apiKey,
      username,
      password,
      onTrouble,
      caFile: caFile && beside(caFile),
      wait: (ms, signal) => pause(ms, undefined, { signal }),
      random: Math.random,
    });
  }
  const { openDuckdbStore } = await import('../store/duckdb/duckdb-store.ts');
  return openDuckdbStore({
    path: duckdbFile(data),
    memoryLimit: `${Math.floor(config.memoryLimit / 1024 ** 2)}MiB`,
    threads: config.threads,
  });
}

/** Where DuckDB's readings lie in the data folder. */
export function duckdbFile(data: string): string {
  return join(data, 'readings.duckdb');
}
