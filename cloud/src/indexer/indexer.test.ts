import { decodeBatch, decodeBlock, encodeBatch, encodeBlock, type WellheadError } from '@wellhead/protocol';
import { MemoryLevel } from 'memory-level';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type DeadLetters, openDeadLetters } from '../dead-letter/dead-letters.ts';
import { openCloudMeters } from '../health/meters.ts';
import { type LevelLog, openLevelLog } from '../log/level/level-log.ts';
import type { Consumption } from '../log/reading-log.ts';
import { openDuckdbStore } from '../store/duckdb/duckdb-store.ts';
import { allPages, sampleBlock, seqs } from '../store/reading-store.testing.ts';
import type { ReadingStore, StoredBatch } from '../store/reading-store.ts';
import { createIndexer } from './indexer.ts';

let log: LevelLog;
let store: ReadingStore;
let deadLetters: DeadLetters;
let meters: ReturnType<typeof openCloudMeters>;
let stored: StoredBatch[][];
let errors: unknown[];
beforeEach(async () => {
  const db = new MemoryLevel<string, Uint8Array>({ valueEncoding: 'view' });
  log = await openLevelLog({ db, now: () => Date.UTC(2026, 5, 1), defer: setImmediate });
  meters = openCloudMeters();
  deadLetters = await openDeadLetters({ db, limit: 10, now: Date.now, count: meters.add });
  store = await openDuckdbStore({ path: ':memory:', memoryLimit: '128MB', threads: 1 });
  stored = [];
  errors = [];
});
afterEach(async () => {
  await log.close();
  await store.close();
});

function index(into: ReadingStore = store): Promise<Consumption> {
  const handle = createIndexer({
    store: into,
    deadLetters,
    onStored: (batches) => stored.push([...batches]),
    count: meters.add,
  });
  return log.consume('indexer', handle, {
    maxBytes: 1e6,
    lingerMs: 0,
    onError: (error) => errors.push(error),
  });
}

function batch(
  low: number,
  high: number,
  origin = 'origin-1',
  lane: 'live' | 'historical' = 'live',
): Uint8Array {
  return encodeBatch({
    site: 'site-a',
    gateway: 'gateway-1',
    origin,
    lane,
    blocks: [encodeBlock(sampleBlock({}, seqs(low, high)))],
  });
}

async function storedSeqs(): Promise<number[]> {
  return (await allPages(store)).readings.map(({ seq }) => seq);
}

/** A store whose next writes fail as a full disk makes them fail. */
function failing(times: number): ReadingStore {
  let left = times;
  return Object.create(store, {
    write: {
      value: (batches: readonly StoredBatch[]) =>
        left-- > 0 ? Promise.reject(new Error('the disk is full')) : store.write(batches),
    },
  }) as ReadingStore;
}

it('writes what is in the log to the store, tells of it, and counts new and repeated', async () => {
  await log.append(batch(1, 5, 'origin-1', 'historical'));
  await log.append(batch(4, 8));
  const consumption = await index();
  await consumption.caughtUp();
  expect(await storedSeqs()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(stored.flat()).toMatchObject([
    {
      site: 'site-a',
      gateway: 'gateway-1',
      lane: 'historical',
      storedAt: Date.UTC(2026, 5, 1),
      seqIsTime: false,
    },
    { lane: 'live' },
  ]);
  expect(meters.snapshot()).toMatchObject({ readings_stored_total: 8, readings_repeated_total: 2 });
});

it('knows the keys that are times', async () => {
  await log.append(batch(1, 2, 'name:site-a/gateway-1'));
  await (await index()).caughtUp();
  expect(stored.flat()).toMatchObject([{ seqIsTime: true }]);
  expect((await store.sensors())[0]).toMatchObject({ readings: 2, origins: [] });
});

it('makes a dead letter of an entry that cannot be read, and stores the others', async () => {
  const damaged = batch(3, 4);
  damaged[20]! ^= 1;
  await log.append(batch(1, 2));
  await log.append(damaged);
  await log.append(batch(5, 6));
  await (await index()).caughtUp();
  expect(await storedSeqs()).toEqual([1, 2, 5, 6]);
  expect(deadLetters.count).toBe(1);
  expect(await meters.text()).toContain('dead_letters_total{reason="undecodable"} 1');
  expect(errors).toEqual([]);
});

it('goes past entries of which none can be read', async () => {
  await log.append(Buffer.from('nonsense'));
  const consumption = await index();
  await consumption.caughtUp();
  expect(deadLetters.count).toBe(1);
  expect(stored).toEqual([]);
});

it('gets the entries again when the store could not be written, and keeps a dead letter once', async () => {
  await log.append(batch(1, 2));
  await log.append(Buffer.from('nonsense'));
  const consumption = await index(failing(2));
  await consumption.caughtUp();
  expect(errors.map((error) => (error as Error).message)).toEqual(['the disk is full', 'the disk is full']);
  expect(await storedSeqs()).toEqual([1, 2]);
  expect(stored).toHaveLength(1);
  expect(deadLetters.count).toBe(1);
});

it('stores nothing twice when it was stopped between store and place', async () => {
  await log.append(batch(1, 3));
  const first = await index();
  await first.caughtUp();
  await first.close();
  const again = await log.consume(
    'indexer',
    createIndexer({ store, deadLetters, onStored: () => undefined, count: meters.add }),
    { maxBytes: 1e6, lingerMs: 0, from: 1, onError: (error) => errors.push(error as WellheadError) },
  );
  await again.caughtUp();
  expect(await storedSeqs()).toEqual([1, 2, 3]);
  expect(meters.value('readings_repeated_total')).toBe(3);
});

it('stores the readings as they were sent', async () => {
  const bytes = batch(1, 3);
  await log.append(bytes);
  await (await index()).caughtUp();
  const sent = decodeBlock(decodeBatch(bytes).blocks[0]!);
  expect((await allPages(store)).readings.map(({ measuredAt }) => Date.parse(measuredAt))).toEqual([
    ...sent.measuredAt,
  ]);
});

/** A store that refuses the readings with some seqs for good, as a mapping does. */
function refusing(seqs: readonly number[]): ReadingStore {
  return Object.create(store, {
    write: {
      value: async (batches: readonly StoredBatch[]) => ({
        ...(await store.write(batches)),
        rejected: batches.flatMap((batch) =>
          seqs.map((seq) => ({
            batch: { ...batch, blocks: [sampleBlock({}, [{ seq }])] },
            reason: '400 mapping: no',
          })),
        ),
      }),
    },
  }) as ReadingStore;
}

it('keeps a reading that the store refuses as a batch that can be sent again, and goes on', async () => {
  await log.append(batch(1, 5));
  const consumption = await index(refusing([3, 4]));
  await consumption.caughtUp();
  await log.append(batch(6, 7));
  await consumption.caughtUp();
  expect(errors).toEqual([]);
  expect(meters.value('readings_refused_total')).toBe(4);
  const [letter] = await log.db.values({ gte: 'x!', lt: 'x"' }).all();
  const { topic, reason, detail, payload } = JSON.parse(Buffer.from(letter!).toString());
  expect({ topic, reason, detail }).toEqual({
    topic: 'wellhead/1/site-a/gateway-1/data',
    reason: 'store-refused',
    detail: '400 mapping: no',
  });
  const again = decodeBatch(Buffer.from(payload, 'base64'));
  expect(again.blocks.map((block) => [...decodeBlock(block).seqs])).toEqual([[3]]);
});

it('counts the readings that a higher revision replaced', async () => {
  await log.append(batch(1, 3));
  const corrected = encodeBatch({
    site: 'site-a',
    gateway: 'gateway-1',
    origin: 'origin-1',
    lane: 'live',
    blocks: [
      encodeBlock(
        sampleBlock(
          {},
          [2, 3].map((seq) => ({ seq, revision: 1 })),
        ),
      ),
    ],
  });
  await log.append(corrected);
  await (await index()).caughtUp();
  expect(meters.snapshot()).toMatchObject({ readings_stored_total: 3, readings_revised_total: 2 });
});

it('a mistake of the program is no dead letter: it is thrown', async () => {
  const handle = createIndexer({ store, deadLetters, onStored: () => undefined, count: meters.add });
  const entry = {
    partition: 0,
    offset: 1,
    storedAt: 0,
    get batch(): Uint8Array {
      throw new TypeError('no batch');
    },
  };
  await expect(handle([entry])).rejects.toThrow('no batch');
  expect(deadLetters.count).toBe(0);
});
