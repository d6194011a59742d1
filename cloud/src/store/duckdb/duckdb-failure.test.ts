import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Block } from '@wellhead/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { allPages, sampleBatch, sampleBlock, seqs } from '../reading-store.testing.ts';
import type { ReadingStore } from '../reading-store.ts';
import { openDuckdbStore } from './duckdb-store.ts';
import { StoreChild } from './store-child.testing.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wellhead-store-'));
  path = join(folder, 'readings.duckdb');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function everything(store: ReadingStore) {
  const { readings } = await store.stats();
  return {
    readings,
    sensors: await store.sensors(),
    latest: await store.latest(),
    pages: (await allPages(store)).readings,
  };
}

describe('a write that fails in the middle', () => {
  it.each(['a file', 'memory'])('leaves nothing of itself in %s, and the next one works', async (where) => {
    const store = await openDuckdbStore({ path: where === 'memory' ? ':memory:' : path });
    await store.write([sampleBatch({}, seqs(1, 10))]);
    const before = await everything(store);
    const good = sampleBatch({ properties: ['water_level', 'new_property'] }, seqs(5, 3000), [
      { seq: 10, revision: 1, measuredAt: 5 },
    ]);
    const broken: Block = Object.defineProperty({ ...sampleBlock({}, seqs(4000, 4001)) }, 'receivedAt', {
      // The first look checks the block, the second one copies it.
      get: failingAtSecondLook(),
    });
    const other = sampleBatch({ sensor: 'well-2', type: 'weather', origin: 'new-origin' }, seqs(1, 5));
    const failing = store.write([good, other, { ...good, blocks: [broken] }]);
    await expect(failing).rejects.toMatchObject({
      code: 'STORE_WRITE',
      message: expect.stringContaining('torn'),
    });
    expect(await everything(store)).toEqual(before);
    expect(await store.write([good, other])).toEqual({ written: 2995, repeated: 6, revised: 1 });
    const after = await everything(store);
    expect(after.readings).toBe(3005);
    await store.close();
    if (where === 'memory') return;
    const again = await openDuckdbStore({ path });
    expect(await everything(again)).toEqual(after);
    await again.close();
  });

  it('leaves nothing of itself when DuckDB runs out of memory', async () => {
    const store = await openDuckdbStore({ path: ':memory:', memoryLimit: '30MB', threads: 1 });
    await store.write([sampleBatch({}, seqs(1, 10))]);
    const before = await everything(store);
    const long = seqs(11, 3000, { values: { water_level: 'x'.repeat(30_000) } });
    await expect(store.write([sampleBatch({}, long)])).rejects.toMatchObject({
      code: 'STORE_WRITE',
      message: expect.stringMatching(/memory/i),
    });
    expect(await everything(store)).toEqual(before);
    expect(await store.write([sampleBatch({}, seqs(5, 20))])).toEqual({
      written: 10,
      repeated: 6,
      revised: 0,
    });
    await store.close();
  });
});

function failingAtSecondLook(): () => Float64Array {
  let looks = 0;
  return () => {
    if (++looks > 2) throw new Error('torn');
    return new Float64Array(2);
  };
}

describe('the table of held ranges', () => {
  it('is written anew when it is long, and forgets nothing', async () => {
    let store = await openDuckdbStore({ path });
    const sensors = ['well-1', 'well-2', 'well-3'];
    const every = (sensor: string, first: number) =>
      sampleBatch(
        { sensor },
        Array.from({ length: 21_000 }, (_, i) => ({ seq: 2 * i + first })),
      );
    // Odd seqs first make a range each, even ones join them: more rows than the table is allowed.
    for (const sensor of sensors) for (const first of [1, 2]) await store.write([every(sensor, first)]);
    const summaries = await store.sensors();
    for (const { readings, origins } of summaries) {
      expect(readings).toBe(42_000);
      expect(origins).toEqual([{ origin: 'origin-1', highest: 42_000, missing: [] }]);
    }
    await store.close();
    store = await openDuckdbStore({ path });
    expect(await store.sensors()).toEqual(summaries);
    expect(await store.write(sensors.map((sensor) => every(sensor, 2)))).toMatchObject({ written: 0 });
    await store.close();
  });
});

describe('opening', () => {
  it('says what to do about a damaged file', async () => {
    await writeFile(path, 'not a database, but long enough to be taken for one. '.repeat(500));
    await expect(openDuckdbStore({ path })).rejects.toMatchObject({
      code: 'STORE_OPEN',
      hint: expect.stringContaining('filled from the log'),
    });
  });

  it('says what to do about a folder that is not there', async () => {
    await expect(openDuckdbStore({ path: join(folder, 'no', 'such.duckdb') })).rejects.toMatchObject({
      code: 'STORE_OPEN',
      hint: expect.stringContaining('rights'),
    });
  });

  it('says that another program holds the file', async () => {
    const child = new StoreChild(path, 1);
    await child.until((lines) => lines.length > 0);
    try {
      await expect(openDuckdbStore({ path })).rejects.toMatchObject({
        code: 'STORE_OPEN',
        hint: expect.stringContaining('second Wellhead'),
      });
    } finally {
      await child.kill();
    }
  });
});
