// Rows beyond one chunk of 2,048: nothing of a chunk stays behind for the next.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { allPages, type Sample, sampleBatch, seqs, storedForm } from '../../reading-store.testing.ts';
import { openDuckdbStore } from '../duckdb-store.ts';

const kinds: Record<string, Partial<Sample>> = {
  number: {},
  text: { values: { water_level: 'a text' } },
  nothing: { values: {} },
};

it.each([
  ['text', 'number'],
  ['nothing', 'number'],
  ['text', 'nothing'],
  ['number', 'text'],
] as const)('a chunk of %s is followed by one of %s with a hole', async (first, second) => {
  const store = await openDuckdbStore({ path: ':memory:' });
  const hole: Sample = { seq: 4_201, values: {} };
  const batch = sampleBatch({}, seqs(1, 2_048, kinds[first]), [...seqs(2_049, 4_200, kinds[second]), hole]);
  await store.write([batch]);
  expect((await allPages(store, { limit: 5_000 })).readings).toEqual(storedForm(batch));
  await store.close();
});

it('a zero keeps its sign in a file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wellhead-store-'));
  const path = join(folder, 'readings.duckdb');
  const samples = [0, -0, 0, -0].map((water_level, i): Sample => ({ seq: i + 1, values: { water_level } }));
  const store = await openDuckdbStore({ path });
  await store.write([sampleBatch({}, samples)]);
  await store.close();
  const again = await openDuckdbStore({ path });
  const { readings } = await allPages(again);
  expect(readings.map(({ values }) => Object.is(values.water_level, -0))).toEqual([false, true, false, true]);
  await again.close();
  await rm(folder, { recursive: true });
});
