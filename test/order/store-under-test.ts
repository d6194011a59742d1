// Where the indexer writes to: an exact model of a store, or DuckDB.
import { openDuckdbStore } from '../../cloud/src/store/duckdb/duckdb-store.ts';
import type { ReadingStore, StoredBatch, WriteResult } from '../../cloud/src/store/reading-store.ts';

export interface StoreUnderTest {
  write(batches: readonly StoredBatch[]): Promise<WriteResult>;
  /** Revisions by origin and seq. */
  held(): Promise<ReadonlyMap<string, number>>;
}

export function modelStore(): StoreUnderTest {
  const held = new Map<string, number>();
  return {
    async write(batches) {
      const result = { written: 0, repeated: 0, revised: 0 };
      for (const { origin, blocks } of batches) {
        for (const { seqs, revisions } of blocks) {
          for (const [i, seq] of seqs.entries()) {
            const key = `${origin}/${seq}`;
            const before = held.get(key);
            const revision = revisions[i]!;
            if (before === undefined) result.written++;
            else if (before < revision) result.revised++;
            else result.repeated++;
            held.set(key, Math.max(revision, before ?? 0));
          }
        }
      }
      return result;
    },
    held: async () => held,
  };
}

/** One database for all orders, each a site of its own. */
export async function openDuckdb(): Promise<{
  openStore(site: string): StoreUnderTest;
  close(): Promise<void>;
}> {
  const store: ReadingStore = await openDuckdbStore({ path: ':memory:', memoryLimit: '128MB', threads: 1 });
  return {
    openStore: (site) => ({
      write: (batches) => store.write(batches),
      async held() {
        const { readings } = await store.readings({ site, sensor: 'well-1', limit: 1_000 });
        const held = new Map<string, number>();
        for (const { origin, seq, revision } of readings) {
          const key = `${origin}/${seq}`;
          if (held.has(key)) throw new Error(`${key} is stored twice`);
          held.set(key, revision);
        }
        return held;
      },
    }),
    close: () => store.close(),
  };
}
