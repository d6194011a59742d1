// The store on a DuckDB that fails, or waits, at a statement of the test's choice.
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBConnection, type DuckDBMaterializedResult } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { allPages, minute, sampleBatch, seqs, start } from '../reading-store.testing.ts';
import type { ReadingStore } from '../reading-store.ts';
import { openDuckdbStore } from './duckdb-store.ts';

let folder: string;
let path: string;
let store: ReadingStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wellhead-store-'));
  path = join(folder, 'readings.duckdb');
  store = await openDuckdbStore({ path });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await store.close();
  await rm(folder, { recursive: true });
});

type Run = (sql: string, run: () => Promise<DuckDBMaterializedResult>) => Promise<DuckDBMaterializedResult>;

const { run } = DuckDBConnection.prototype;

/** Every statement of every connection goes through `meet`. */
function onStatements(meet: Run): void {
  vi.spyOn(DuckDBConnection.prototype, 'run').mockImplementation(function (
    this: DuckDBConnection,
    ...args: Parameters<typeof run>
  ) {
    return meet(args[0], () => run.apply(this, args));
  });
}

/** The statement fails once, before it is done or after. */
function failOnce(statement: string, when: 'before' | 'after'): void {
  let left = 1;
  onStatements(async (sql, run) => {
    if (sql !== statement || left-- <= 0) return run();
    if (when === 'after') await run();
    throw new Error('the disk did not answer');
  });
}

const first = sampleBatch({}, seqs(1, 10));
const second = sampleBatch({ origin: 'origin-2', gateway: 'gateway-2' }, seqs(1, 5));
const seqsOf = async (asked = {}) => (await allPages(store, asked)).readings.map(({ seq }) => seq);

describe('a commit that failed', () => {
  it.each([
    ['before it was done', 'before', { written: 5, repeated: 0, revised: 0 }, 10],
    ['after it was done', 'after', { written: 0, repeated: 5, revised: 0 }, 15],
  ] as const)('%s is told, and the same write again has its effect once', async (_, when, again, held) => {
    await store.write([first]);
    failOnce('COMMIT', when);
    await expect(store.write([second])).rejects.toMatchObject({
      code: 'STORE_WRITE',
      message: expect.stringContaining('the commit failed: Error: the disk did not answer'),
    });
    expect(await store.stats()).toMatchObject({ readings: 10 });
    expect(await seqsOf()).toHaveLength(held);
    expect(await store.write([second])).toEqual(again);
    expect(await store.stats()).toMatchObject({ readings: 15 });
    expect(await seqsOf()).toHaveLength(15);
  });

  it('leaves a store that can be closed and opened', async () => {
    await store.write([first]);
    failOnce('COMMIT', 'after');
    await expect(store.write([second])).rejects.toMatchObject({ code: 'STORE_WRITE' });
    await store.close();
    store = await openDuckdbStore({ path });
    expect(await store.stats()).toMatchObject({ readings: 15 });
  });

  it('of events is told too', async () => {
    failOnce('COMMIT', 'before');
    const replacing = store.events.replace([], start);
    await expect(replacing).rejects.toMatchObject({ code: 'STORE_WRITE' });
    expect(await store.events.replace([], start)).toEqual([]);
  });

  it('in memory costs nothing that was written before', async () => {
    await store.close();
    store = await openDuckdbStore({ path: ':memory:' });
    await store.write([first]);
    failOnce('COMMIT', 'before');
    await expect(store.write([second])).rejects.toMatchObject({ code: 'STORE_WRITE' });
    expect(await store.write([second])).toEqual({ written: 5, repeated: 0, revised: 0 });
    expect(await store.stats()).toEqual({ readings: 15, bytes: 0 });
    expect(await seqsOf()).toHaveLength(15);
  });
});

describe('a write after which nothing could be rolled back', () => {
  it('is tried anew on the file opened again, with all that was held', async () => {
    await store.write([first]);
    let fail = true;
    onStatements((sql, run) => {
      if (fail && (sql === 'COMMIT' || sql === 'ROLLBACK')) throw new Error('a fatal error');
      return run();
    });
    await expect(store.write([second])).rejects.toMatchObject({ code: 'STORE_WRITE' });
    fail = false;
    expect(await store.write([first, second])).toEqual({ written: 5, repeated: 10, revised: 0 });
    expect(await seqsOf()).toHaveLength(15);
  });

  it('fails again while the file cannot be opened, and works when it can', async () => {
    await store.write([first]);
    failOnce('COMMIT', 'before');
    await expect(store.write([second])).rejects.toMatchObject({ code: 'STORE_WRITE' });
    onStatements((sql, run) => {
      if (sql === 'SELECT version FROM wellhead') throw new Error('a bad sector');
      return run();
    });
    await expect(store.write([second])).rejects.toMatchObject({ code: 'STORE_OPEN' });
    vi.restoreAllMocks();
    expect(await store.write([second])).toEqual({ written: 5, repeated: 0, revised: 0 });
    expect(await seqsOf()).toHaveLength(15);
  });
});

it('the file is opened again where only the rollback failed, and once', async () => {
  await store.write([first]);
  let opened = 0;
  let fail = true;
  onStatements((sql, run) => {
    if (sql === 'SELECT version FROM wellhead') opened++;
    if (fail && (sql.startsWith('CREATE TABLE readings') || sql === 'ROLLBACK')) throw new Error('torn');
    return run();
  });
  const other = sampleBatch({ type: 'weather', sensor: 'roof' }, seqs(1, 3));
  await expect(store.write([other])).rejects.toMatchObject({ code: 'STORE_WRITE' });
  fail = false;
  expect(opened).toBe(0);
  expect(await store.write([other])).toEqual({ written: 3, repeated: 0, revised: 0 });
  expect(opened).toBe(1);
  await store.write([second]);
  await expect(store.write([sampleBatch({}, [{ seq: 1, measuredAt: 1e300 }])])).rejects.toThrow(TypeError);
  await store.write([second]);
  expect(opened).toBe(1);
});

it('a question while the file is opened again waits for it', async () => {
  await store.write([first]);
  failOnce('COMMIT', 'before');
  await expect(store.write([second])).rejects.toMatchObject({ code: 'STORE_WRITE' });
  let asking: Promise<unknown> | undefined;
  onStatements(async (sql, run) => {
    if (sql === 'SELECT id, text FROM texts')
      asking ??= Promise.all([seqsOf(), store.events.find({ limit: 5 })]);
    if (sql === 'BEGIN') await asking;
    return run();
  });
  await store.write([second]);
  expect(await asking).toEqual([seqs(1, 10).map(({ seq }) => seq), { events: [] }]);
  expect(await seqsOf()).toHaveLength(15);
});

it('a reading that is seen before its write is answered has its origin and gateway', async () => {
  await store.write([first]);
  let seen: Promise<{ origin: string; gateway: string }[]> | undefined;
  onStatements(async (sql, run) => {
    const result = await run();
    if (sql !== 'COMMIT' || seen !== undefined) return result;
    seen = store
      .readings({ site: 'site-a', sensor: 'well-1', limit: 100 })
      .then(({ readings }) => readings.map(({ origin, gateway }) => ({ origin, gateway })));
    await seen;
    return result;
  });
  await store.write([second]);
  const { readings } = await store.readings({ site: 'site-a', sensor: 'well-1', limit: 100 });
  const named = readings.map(({ origin, gateway }) => ({ origin, gateway }));
  const byName = (a: { origin: string }, b: { origin: string }) => a.origin.localeCompare(b.origin);
  expect((await seen!).sort(byName)).toEqual(named.sort(byName));
});

it('what is thinned is what was there at one moment', async () => {
  await store.write([first]);
  const asked = { site: 'site-a', sensor: 'well-1', properties: ['water_level'], buckets: 5 };
  const before = await store.thin(asked);
  let writing: Promise<unknown> | undefined;
  onStatements(async (sql, run) => {
    const result = await run();
    if (sql.includes('FILTER (time_flag')) {
      const far = seqs(1, 40).map(({ seq }) => ({ seq, measuredAt: start + seq * 1_000 * minute }));
      writing ??= store.write([sampleBatch({ origin: 'origin-3' }, far)]);
      await writing;
    }
    return result;
  });
  expect(await store.thin(asked)).toEqual(before);
  expect((await store.thin(asked)).buckets.reduce((sum, { readings }) => sum + readings, 0)).toBe(50);
});

it('a question that failed leaves its connection to the next', async () => {
  await store.write([first]);
  const asked = { site: 'site-a', sensor: 'well-1', properties: ['water_level'], buckets: 5 };
  const before = await store.thin(asked);
  let fails = 0;
  onStatements((sql, run) => {
    if (sql.includes('GROUP BY b') && fails++ < 3) throw new Error('out of memory');
    return run();
  });
  for (let i = 0; i < 3; i++) {
    await expect(store.thin(asked)).rejects.toMatchObject({
      code: 'STORE_QUERY',
      message: expect.stringContaining('out of memory'),
    });
  }
  await store.write([second]);
  expect((await store.thin(asked)).buckets.length).toBe(before.buckets.length);
  expect(await seqsOf()).toHaveLength(15);
});

it('tells the bytes of its file, and begins anew where that was moved away', async () => {
  await store.write([first]);
  const { bytes } = await store.stats();
  expect(bytes).toBeGreaterThan(0);
  await store.close();
  await rename(path, `${path}.away`);
  store = await openDuckdbStore({ path });
  expect(await store.stats()).toMatchObject({ readings: 0 });
});
