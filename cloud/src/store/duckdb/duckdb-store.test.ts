import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeAnnotationStore } from '../annotation-store.contract.ts';
import { describeEventStore } from '../event-store.contract.ts';
import { describeReadingStore } from '../reading-store.contract.ts';
import type { StoreUnderTest } from '../store-under-test.contract.ts';
import { openDuckdbStore } from './duckdb-store.ts';

async function inFile(): Promise<StoreUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'wellhead-store-'));
  const path = join(folder, 'readings.duckdb');
  let store = await openDuckdbStore({ path });
  return {
    store,
    async reopen() {
      await store.close();
      store = await openDuckdbStore({ path });
      return store;
    },
    async remove() {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function inMemory(): Promise<StoreUnderTest> {
  const store = await openDuckdbStore({ path: ':memory:' });
  return { store, remove: () => store.close() };
}

describeReadingStore('DuckDB in a file', inFile, { reopen: true });
describeReadingStore('DuckDB in memory', inMemory);
describeEventStore('DuckDB in a file', inFile, { reopen: true });
describeEventStore('DuckDB in memory', inMemory);
describeAnnotationStore('DuckDB in a file', inFile, { reopen: true });
describeAnnotationStore('DuckDB in memory', inMemory);
