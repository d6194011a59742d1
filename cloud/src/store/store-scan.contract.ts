import { describe, expect, it } from 'vitest';
import { allPages, minute, sampleBatch, seqs, start } from './reading-store.testing.ts';
import type { ReadingStore, ScanQuery } from './reading-store.ts';
import { readingOf } from './reading-table.ts';
import { eachTestItsStore, type StoreFactory } from './store-under-test.contract.ts';

const question = { site: 'site-a', sensor: 'well-1', properties: ['water_level', 'temperature'] };

async function allOf(store: ReadingStore, asked: ScanQuery) {
  const readings = [];
  for await (const table of store.scan(asked))
    for (let i = 0; i < table.count; i++) readings.push(readingOf(table, i, asked));
  return readings;
}

/** What every store must keep of `scan`. */
export function describeStoreScan(factory: StoreFactory): void {
  describe('scanning', () => {
    const the = eachTestItsStore(factory);

    it('gives the same readings as the pages do, whatever their kind', async () => {
      const { store } = the();
      await store.write([
        sampleBatch({}, seqs(1, 3_000), [
          { seq: 4_000, values: { water_level: '(na)', temperature: -0 }, flag: 9, cause: 1 },
          { seq: 4_001, values: { temperature: true } },
          { seq: 4_002, values: { water_level: null }, measuredAt: start + minute / 256, flag: 3, cause: 10 },
          { seq: 4_003, values: { temperature: Number.POSITIVE_INFINITY }, revision: 2 },
        ]),
        sampleBatch(
          { type: 'river-stage', origin: 'origin-0', lane: 'historical', storedAt: start },
          seqs(2_900, 3_100),
        ),
      ]);
      for (const range of [
        {},
        { from: start + 7 * minute },
        { from: start, to: start + 99 * minute },
        { to: 0 },
        { asOf: start },
        { asOf: start - 1 },
        { asOf: start, to: start + 3_000 * minute },
      ]) {
        const asked = { ...question, ...range };
        expect(await allOf(store, asked)).toEqual((await allPages(store, asked)).readings);
      }
      expect(await allOf(store, { ...question, asOf: start })).toHaveLength(201);
      expect(await allOf(store, { ...question, asOf: start - 1 })).toEqual([]);
      expect(await allOf(store, { ...question, sensor: 'no-such' })).toEqual([]);
      const few = { ...question, properties: ['temperature', 'unheard_of'] };
      expect(await allOf(store, few)).toEqual((await allPages(store, few)).readings);
    });

    it('loses and doubles nothing where very many lie close together, and some far away', async () => {
      const { store } = the();
      const close = seqs(1, 30_000).map(({ seq }) => ({ seq, measuredAt: start + Math.floor(seq / 3) / 8 }));
      const same = seqs(1, 40_000, { measuredAt: start + 4_000 });
      const far = [
        { seq: 1, measuredAt: 5 },
        { seq: 2, measuredAt: start + 1e12 },
      ];
      await store.write([sampleBatch({}, close), sampleBatch({ origin: 'origin-2' }, same)]);
      await store.write([sampleBatch({ origin: 'origin-3' }, far)]);
      const keys = new Set<string>();
      let [count, last] = [0, Number.NEGATIVE_INFINITY];
      for await (const { measuredAt, origins, seqs: numbers, count: here } of store.scan(question)) {
        count += here;
        for (let i = 0; i < here; i++) {
          keys.add(`${origins.byId[origins.ids[i]!]} ${numbers[i]}`);
          expect(measuredAt[i]! >= last).toBe(true);
          last = measuredAt[i]!;
        }
      }
      expect([count, keys.size]).toEqual([70_002, 70_002]);
    });

    it('may be left half-way, and the store closes', async () => {
      const { store } = the();
      await store.write([sampleBatch({}, seqs(1, 40_000))]);
      for await (const table of store.scan(question)) {
        expect(table.count).toBeGreaterThan(0);
        break;
      }
      await store.close();
      await expect(allOf(store, question)).rejects.toMatchObject({ code: 'STORE_QUERY' });
    });
  });
}
