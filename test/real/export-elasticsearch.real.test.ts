// An export from Elasticsearch is byte for byte the one from DuckDB, whatever its form.
import { afterAll, describe, expect, it } from 'vitest';
import { openTestApi, type TestApi } from '../../cloud/src/api/open-api.testing.ts';
import { sampleBatch, seqs } from '../../cloud/src/store/reading-store.testing.ts';
import { startElasticsearch } from './elasticsearch.ts';
import { newPrefix, openStore, removeAll } from './elasticsearch-stores.ts';

const node = await startElasticsearch();
const missing = 'missing' in node ? node.missing : undefined;
const series = 'site=site-a&sensor=well-1';

describe.skipIf(missing !== undefined)(`Elasticsearch${missing === undefined ? '' : ` (${missing})`}`, () => {
  if ('missing' in node) return;
  const { url } = node;
  afterAll(() => node.close());

  it('gives the same files and the same thinned readings as DuckDB', async () => {
    const prefix = newPrefix();
    const apis = [await openTestApi({ store: await openStore(url, prefix) }), await openTestApi()];
    const odd = [
      { seq: 40_000, values: { water_level: '(na)', temperature: -0 }, flag: 9 as const, cause: 1 },
      { seq: 40_001, values: { temperature: Number.NaN }, flag: 4 as const, cause: 10 },
    ];
    const batches = [
      sampleBatch({}, seqs(1, 25_000), odd),
      sampleBatch({ origin: 'origin-0', lane: 'historical' }, seqs(300, 900)),
    ];
    try {
      for (const { store } of apis) await store.write(batches);
      for (const path of [
        `export?${series}`,
        `export?${series}&format=ndjson&from=2026-01-01T05:00Z&to=2026-01-02`,
        `export?${series}&format=parquet`,
        `readings?${series}&format=csv&limit=100`,
        `readings?${series}&thin=minmax&points=500`,
      ]) {
        const [one, other] = await Promise.all(apis.map((api) => whole(api, path)));
        expect(one!.length, path).toBeGreaterThan(1_000);
        expect(one!.equals(other!), path).toBe(true);
      }
    } finally {
      for (const api of apis) await api.close();
      await removeAll(url, prefix);
    }
  });
});

async function whole(api: TestApi, path: string): Promise<Buffer> {
  const response = await fetch(`${api.url}/api/v1/${path}`);
  expect(response.status, path).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}
