// What thinning in DuckDB does at its limits.
import { hourMs } from '@wellhead/protocol';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sampleBatch, seqs, start } from '../../reading-store.testing.ts';
import type { ReadingStore } from '../../reading-store.ts';
import { openDuckdbStore } from '../duckdb-store.ts';

let store: ReadingStore;
beforeEach(async () => {
  store = await openDuckdbStore({ path: ':memory:' });
});
afterEach(() => store.close());

const thin = (asked: { from?: number; to?: number; buckets: number; properties?: string[] }) =>
  store.thin({ site: 'site-a', sensor: 'well-1', properties: ['water_level'], ...asked });

it('readings of a bad time are counted, also where there are no others', async () => {
  const batch = sampleBatch({}, seqs(1, 3));
  batch.blocks[0]!.timeFlags.fill(4);
  await store.write([batch]);
  expect(await thin({ buckets: 10 })).toEqual({ bucketMs: 1, buckets: [], untimely: 3 });
  await store.write([sampleBatch({ origin: 'origin-2' }, seqs(5, 6))]);
  const { buckets, untimely } = await thin({ buckets: 10 });
  expect(untimely).toBe(3);
  expect(buckets.reduce((sum, { readings }) => sum + readings, 0)).toBe(2);
});

it.each([
  [4, 'bad'],
  [9, 'missing'],
] as const)('a number with the flag %d, %s, is no value, but its flag is told', async (flag, _) => {
  await store.write([
    sampleBatch({}, [
      { seq: 1, measuredAt: start, values: { water_level: 7 } },
      { seq: 2, measuredAt: start, values: { water_level: 99 }, flag },
    ]),
  ]);
  const [bucket] = (await thin({ buckets: 2 })).buckets;
  expect(bucket!.cells).toEqual([{ count: 1, min: 7, max: 7, worst: flag }]);
  expect(bucket!.readings).toBe(2);
});

it('a range that ends on a border does not touch the next stretch', async () => {
  await store.write([sampleBatch({}, seqs(0, 600))]);
  expect(await thin({ from: start, to: start + 2 * hourMs, buckets: 2 })).toMatchObject({
    bucketMs: hourMs,
    buckets: [
      { start, readings: 60 },
      { start: start + hourMs, readings: 60 },
    ],
  });
});

it('stretches are as long as the range needs, not as its readings would', async () => {
  await store.write([sampleBatch({}, seqs(600, 719))]);
  const asked = { from: start, to: start + 12 * hourMs, buckets: 12 };
  expect(await thin(asked)).toMatchObject({
    bucketMs: hourMs,
    buckets: [{ readings: 60 }, { readings: 60 }],
  });
});

it('a property may be called by any word', async () => {
  const properties = [`it's "here"`];
  await store.write([
    sampleBatch({ properties }, [{ seq: 1, values: { [properties[0]!]: 'text' }, flag: 3 }]),
  ]);
  const { buckets } = await thin({ buckets: 2, properties });
  expect(buckets[0]!.cells).toEqual([{ count: 0, min: Number.NaN, max: Number.NaN, worst: 3 }]);
});
