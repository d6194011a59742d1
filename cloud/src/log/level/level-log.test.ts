import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type KeyValueDb, ReopeningDb } from '@wellhead/host';
import { Level } from 'level';
import { MemoryLevel } from 'memory-level';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { batch, Collector, describeReadingLog, type LogUnderTest, texts } from '../reading-log.contract.ts';
import type { Consumption } from '../reading-log.ts';
import { type LevelLog, openLevelLog } from './level-log.ts';

function open(db: KeyValueDb): Promise<LevelLog> {
  return openLevelLog({ db, now: Date.now, defer: setImmediate });
}

function innerAt(folder: string): KeyValueDb {
  return new Level<string, Uint8Array>(join(folder, 'log'), { valueEncoding: 'view' });
}

function levelAt(folder: string): KeyValueDb {
  return new ReopeningDb(innerAt(folder));
}

async function inFolder(): Promise<LogUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'wellhead-log-'));
  let log = await open(levelAt(folder));
  return {
    log,
    async reopen() {
      await log.close();
      log = await open(levelAt(folder));
      return log;
    },
    async remove() {
      await log.close();
      await rm(folder, { recursive: true });
    },
  };
}

describeReadingLog('LevelDB', inFolder);

type Batch = (...args: unknown[]) => Promise<void>;

/** Lets a test see, and fail, what the log writes. */
function spyOnBatches(db: KeyValueDb): { syncs: unknown[]; fail: 'no' | 'before' | 'after' } {
  const real = db.batch.bind(db) as Batch;
  const spy: ReturnType<typeof spyOnBatches> = { syncs: [], fail: 'no' };
  (db as unknown as { batch: Batch }).batch = async (...args) => {
    spy.syncs.push((args[1] as { sync?: boolean } | undefined)?.sync);
    if (spy.fail === 'before') throw new Error('no space left on device');
    await real(...args);
    if (spy.fail === 'after') throw new Error('the disk did not answer');
  };
  return spy;
}

describe('LevelDB log', () => {
  let folder: string;
  let db: KeyValueDb;
  let log: LevelLog;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wellhead-log-'));
    db = innerAt(folder);
    log = await open(new ReopeningDb(db));
  });
  afterEach(async () => {
    await log.close();
    await rm(folder, { recursive: true });
  });

  async function reopen(): Promise<void> {
    await log.close();
    db = innerAt(folder);
    log = await open(new ReopeningDb(db));
  }

  async function everything(name = 'auditor'): Promise<Collector> {
    const reader = new Collector();
    const consumption = await reader.start(log, name, { from: 1 });
    await consumption.caughtUp();
    await consumption.close();
    return reader;
  }

  async function fill(from: number, to: number): Promise<void> {
    await Promise.all(Array.from({ length: to - from + 1 }, (_, i) => log.append(batch(from + i))));
  }

  it('syncs every write, one for many appends', async () => {
    const spy = spyOnBatches(db);
    await fill(1, 500);
    expect(spy.syncs.every((sync) => sync === true)).toBe(true);
    expect(spy.syncs.length).toBeGreaterThan(0);
    expect(spy.syncs.length).toBeLessThan(5);
  });

  it('syncs the checkpoint at which a consumer begins, so that a power cut gives nothing up that is its to get', async () => {
    const spy = spyOnBatches(db);
    const consumption = await new Collector().start(log, 'reader');
    expect(spy.syncs).toEqual([true]);
    await consumption.close();
  });

  it('refuses the batches of a failed write with LOG_WRITE, opens again, and goes on', async () => {
    await fill(1, 3);
    const spy = spyOnBatches(db);
    spy.fail = 'before';
    await expect(log.append(batch('lost'))).rejects.toMatchObject({ code: 'LOG_WRITE' });
    spy.fail = 'no';
    await log.append(batch(4));
    const { entries } = await everything();
    expect(texts(entries)).toEqual(['batch 1', 'batch 2', 'batch 3', 'batch 4']);
  });

  it('does not write over what a failed write did leave on the disk', async () => {
    await fill(1, 3);
    const spy = spyOnBatches(db);
    spy.fail = 'after';
    await expect(log.append(batch('half kept'))).rejects.toMatchObject({ code: 'LOG_WRITE' });
    spy.fail = 'no';
    await log.append(batch(4));
    const { entries } = await everything();
    expect(texts(entries)).toEqual(['batch 1', 'batch 2', 'batch 3', 'batch half kept', 'batch 4']);
    expect(new Set(entries.map(({ offset }) => offset)).size).toBe(5);
  });

  it('lets consumers go on after a failed write', async () => {
    const reader = new Collector();
    const consumption = await reader.start(log, 'reader');
    const spy = spyOnBatches(db);
    spy.fail = 'before';
    await expect(log.append(batch('lost'))).rejects.toMatchObject({ code: 'LOG_WRITE' });
    spy.fail = 'no';
    await fill(1, 5);
    await consumption.caughtUp();
    expect(texts(reader.entries)).toEqual([1, 2, 3, 4, 5].map((n) => `batch ${n}`));
  });

  it('gives entries again when the checkpoint of a consumer could not be kept', async () => {
    const reader = new Collector();
    const consumption = await reader.start(log, 'reader');
    const real = db.batch.bind(db) as Batch;
    let fail = true;
    (db as unknown as { batch: Batch }).batch = async (...args) => {
      const isPlace = (args[1] as { sync?: boolean }).sync !== true;
      if (isPlace && fail) {
        fail = false;
        throw new Error('no space left on device');
      }
      await real(...args);
    };
    await log.append(batch(1));
    await consumption.caughtUp();
    expect(reader.calls).toEqual([['batch 1'], ['batch 1']]);
    expect(reader.errors).toMatchObject([{ code: 'LOG_WRITE' }]);
  });

  it('says LOG_OPEN when another process holds the folder, and leaves it alone', async () => {
    await expect(open(levelAt(folder))).rejects.toMatchObject({ code: 'LOG_OPEN' });
    await log.append(batch(1));
    expect(texts((await everything()).entries)).toEqual(['batch 1']);
  });

  describe('removing the oldest entries', () => {
    const all = Number.MAX_SAFE_INTEGER;

    it('removes what every consumer is past, oldest first, until enough bytes are freed', async () => {
      await fill(1, 10);
      await everything();
      const { entries, bytes } = await log.removeOldest(100, 60);
      expect(entries).toBeLessThan(10);
      expect(bytes).toBeGreaterThanOrEqual(60);
      const left = texts((await everything()).entries);
      expect(left).toEqual(Array.from({ length: 10 - entries }, (_, i) => `batch ${entries + i + 1}`));
    });

    it('removes no more entries in a step than it is told', async () => {
      await fill(1, 10);
      expect((await log.removeOldest(3, all)).entries).toBe(3);
    });

    it('leaves what a running consumer has not handled', async () => {
      await fill(1, 5);
      await everything();
      const stuck = new Collector();
      stuck.failing = () => true;
      await stuck.start(log, 'stuck', { from: 3 });
      expect((await log.removeOldest(100, all)).entries).toBe(2);
    });

    it('leaves what a consumer needs that is closed now', async () => {
      await fill(1, 2);
      const early = new Collector();
      const consumption = await early.start(log, 'early');
      await consumption.caughtUp();
      await consumption.close();
      await fill(3, 5);
      await everything();
      expect(log.consumedUpTo).toBe(3);
      await log.removeOldest(100, all);
      const after = new Collector();
      await (await after.start(log, 'early')).caughtUp();
      expect(texts(after.entries)).toEqual(['batch 3', 'batch 4', 'batch 5']);
    });

    it('leaves what a consumer needs that has not run since the restart', async () => {
      await fill(1, 2);
      const early = new Collector();
      await (await early.start(log, 'early')).caughtUp();
      await fill(3, 3);
      await reopen();
      await fill(4, 5);
      await everything();
      await log.removeOldest(100, all);
      const after = new Collector();
      await (await after.start(log, 'early')).caughtUp();
      expect(texts(after.entries).slice(-2)).toEqual(['batch 4', 'batch 5']);
      expect(texts([...early.entries, ...after.entries])).toContain('batch 3');
    });

    it('holds entries for a consumer that never handled any', async () => {
      await fill(1, 3);
      const failing = new Collector();
      failing.failing = () => true;
      const consumption = await failing.start(log, 'new');
      await consumption.close();
      await reopen();
      expect((await log.removeOldest(100, all)).entries).toBe(0);
    });

    it('holds nothing any longer for a consumer that was given up', async () => {
      await fill(1, 3);
      const failing = new Collector();
      failing.failing = () => true;
      const consumption = await failing.start(log, 'gone');
      await expect(log.forget('gone')).rejects.toThrow(TypeError);
      await consumption.close();
      await log.forget('gone');
      await log.forget('never-there');
      await everything();
      expect(log.consumedUpTo).toBe(log.next);
      await reopen();
      expect((await log.removeOldest(100, all)).entries).toBe(3);
    });

    it('gives no offset twice when everything was removed, consumers or not', async () => {
      await fill(1, 5);
      const { next } = log;
      expect((await log.removeOldest(100, all)).entries).toBe(5);
      await reopen();
      expect(log.next).toBe(next);
      await fill(6, 6);
      await reopen();
      expect(log.next).toBe(next + 1);
      const { entries } = await everything();
      expect(entries.map(({ offset }) => offset)).toEqual([next]);
    });

    it('skips nothing that is appended while a consumer looks at a gap', async () => {
      await fill(1, 50);
      await log.removeOldest(100, all);
      const reader = new Collector();
      const consumption = await reader.start(log, 'late', { from: 1 });
      await Promise.all([fill(51, 60), consumption.caughtUp()]);
      await consumption.caughtUp();
      expect(texts(reader.entries)).toEqual(Array.from({ length: 10 }, (_, i) => `batch ${51 + i}`));
    });
  });
});

it('works on any abstract-level database', async () => {
  const log = await open(new MemoryLevel<string, Uint8Array>({ valueEncoding: 'view' }));
  const reader = new Collector();
  const consumption = await reader.start(log, 'reader');
  await log.append(batch(1));
  await consumption.caughtUp();
  await log.compact();
  await log.close();
  expect(texts(reader.entries)).toEqual(['batch 1']);
});

it('keeps the entries of a consumer that begins while the oldest are looked for', async () => {
  const db: KeyValueDb = new MemoryLevel<string, Uint8Array>({ valueEncoding: 'view' });
  const log = await open(db);
  for (let i = 1; i <= 3; i++) await log.append(batch(i));
  const reader = new Collector();
  let handle: () => void = () => undefined;
  const mayHandle = new Promise<void>((resolve) => {
    handle = resolve;
  });
  const iterator = db.iterator.bind(db);
  let begun: Consumption | undefined;
  db.iterator = (range) => {
    db.iterator = iterator;
    const entries = iterator(range);
    async function* meanwhile() {
      begun = await log.consume(
        'late',
        async (handed) => {
          await mayHandle;
          reader.entries.push(...handed);
        },
        { maxBytes: 1_000_000, lingerMs: 0, onError: (error) => reader.errors.push(error) },
      );
      yield* entries;
    }
    return Object.assign(meanwhile(), { all: () => entries.all(), close: () => entries.close() });
  };
  expect(await log.removeOldest(10, Number.POSITIVE_INFINITY)).toEqual({ entries: 0, bytes: 0 });
  handle();
  await begun!.caughtUp();
  expect(reader.entries).toHaveLength(3);
  await log.close();
});
