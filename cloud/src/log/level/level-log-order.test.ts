// The log on a database that answers when the test says so: what holds between two steps, and after one that failed.
import type { KeyValueDb } from '@wellhead/host';
import { MemoryLevel } from 'memory-level';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { batch, Collector, texts } from '../reading-log.contract.ts';
import { type LevelLog, openLevelLog } from './level-log.ts';

const all = Number.MAX_SAFE_INTEGER;

let db: KeyValueDb;
let log: LevelLog;
let time: number;
const open = () => openLevelLog({ db, now: () => time, defer: setImmediate });
beforeEach(async () => {
  db = new MemoryLevel<string, Uint8Array>({ valueEncoding: 'view' });
  time = 1_000;
  log = await open();
});
afterEach(() => log.close());

async function fill(from: number, to: number): Promise<void> {
  await Promise.all(Array.from({ length: to - from + 1 }, (_, i) => log.append(batch(from + i))));
}

async function consumeAll(name: string): Promise<Collector> {
  const reader = new Collector();
  const consumption = await reader.start(log, name);
  await consumption.caughtUp();
  await consumption.close();
  return reader;
}

interface Gate {
  /** Resolves when somebody stands before it. */
  readonly reached: Promise<void>;
  readonly pass: () => Promise<void>;
  readonly open: () => void;
}

function makeGate(): Gate {
  let reach: () => void = () => undefined;
  let release: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  const opened = new Promise<void>((resolve) => {
    release = resolve;
  });
  const pass = () => {
    reach();
    return opened;
  };
  return { reached, pass, open: () => release() };
}

type AnyCall = (...args: unknown[]) => Promise<void>;

/** Lets calls of `put` or `batch` wait at a gate. */
function gateOn(method: 'put' | 'batch', isMeant: (first: unknown) => boolean): Gate {
  const gate = makeGate();
  const real = db[method].bind(db) as AnyCall;
  (db as unknown as Record<string, AnyCall>)[method] = async (...args) => {
    if (isMeant(args[0])) await gate.pass();
    await real(...args);
  };
  return gate;
}

/** Lets iterators end only when the gate is open. */
function gateOnLooks(): Gate {
  const gate = makeGate();
  const real = db.iterator.bind(db);
  (db as unknown as { iterator: (range: object) => AsyncIterable<unknown> }).iterator = (range) => ({
    async *[Symbol.asyncIterator]() {
      yield* real(range);
      await gate.pass();
    },
  });
  return gate;
}

describe('a checkpoint that is taken back', () => {
  it('holds its entries although the removal had looked before', async () => {
    await fill(1, 5);
    await consumeAll('reader');
    const gate = gateOnLooks();
    const removing = log.removeOldest(100, all);
    await gate.reached;
    const late = new Collector();
    const consumption = await late.start(log, 'late', { from: 3 });
    gate.open();
    expect(await removing).toEqual({ entries: 2, bytes: 2 * (18 + 8 + 7) });
    await consumption.caughtUp();
    expect(texts(late.entries)).toEqual(['batch 3', 'batch 4', 'batch 5']);
  });

  it('holds its entries before it is written', async () => {
    await fill(1, 5);
    await consumeAll('reader');
    expect(log.consumedUpTo).toBe(6);
    const gate = gateOn('put', (key) => key === 'c!reader');
    const starting = new Collector().start(log, 'reader', { from: 2 });
    await gate.reached;
    expect(log.consumedUpTo).toBe(2);
    gate.open();
    await starting;
  });

  it('holds them still when it could not be written, and can be taken again', async () => {
    await fill(1, 5);
    await consumeAll('reader');
    const { put } = db;
    db.put = () => Promise.reject(new Error('no space left on device'));
    await expect(new Collector().start(log, 'reader', { from: 2 })).rejects.toMatchObject({
      code: 'LOG_WRITE',
      message: expect.stringContaining('reader'),
      cause: expect.objectContaining({ message: 'no space left on device' }),
    });
    expect(log.consumedUpTo).toBe(2);
    db.put = put;
    expect(texts((await consumeAll('reader')).entries)).toEqual([2, 3, 4, 5].map((n) => `batch ${n}`));
  });
});

it('a checkpoint that moves on gives its entries up only when it is written', async () => {
  await fill(1, 3);
  const reader = new Collector();
  const gate = gateOn('put', (key) => key === 'c!reader' && reader.entries.length > 0);
  const consumption = await reader.start(log, 'reader');
  await gate.reached;
  expect(log.consumedUpTo).toBe(1);
  expect(consumption.lag).toBe(3);
  gate.open();
  await consumption.caughtUp();
  expect(log.consumedUpTo).toBe(4);
  expect(consumption.lag).toBe(0);
});

describe('a consumer', () => {
  it('that begins again while it is given up holds its entries', async () => {
    await fill(1, 3);
    await consumeAll('reader');
    const gate = gateOn('batch', (operations) => (operations as { key: string }[])[0]!.key === 'c!reader');
    const forgetting = log.forget('reader');
    await gate.reached;
    const stuck = new Collector();
    stuck.failing = () => true;
    await stuck.start(log, 'reader', { from: 1 });
    gate.open();
    await forgetting;
    expect(log.consumedUpTo).toBe(1);
    expect((await log.removeOldest(100, all)).entries).toBe(0);
  });

  it('that was given up is no more', async () => {
    await fill(1, 3);
    await consumeAll('reader');
    await log.forget('reader');
    expect(await db.keys({ gte: 'c!', lt: 'c"' }).all()).toEqual([]);
    expect(texts((await consumeAll('reader')).entries)).toEqual(['batch 1', 'batch 2', 'batch 3']);
  });

  it('of which two are started at once runs once', async () => {
    const starts = await Promise.allSettled([
      new Collector().start(log, 'reader', { from: 1 }),
      new Collector().start(log, 'reader', { from: 1 }),
    ]);
    expect(starts.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect((starts[1] as PromiseRejectedResult).reason).toBeInstanceOf(TypeError);
  });

  it('cannot begin when the log is closed', async () => {
    await log.close();
    await expect(new Collector().start(log, 'reader')).rejects.toMatchObject({
      code: 'LOG_WRITE',
      message: 'the log is closed already',
    });
  });
});

describe('the first entry stored at a time', () => {
  beforeEach(async () => {
    for (const at of [10, 20, 20, 30, 40]) {
      time = at;
      await log.append(batch(`at ${at}`));
    }
  });

  it.each([
    [5, 5],
    [10, 5],
    [11, 4],
    [20, 4],
    [21, 2],
    [40, 1],
    [41, 0],
  ])('%d: a consumer is given %d', async (from, entries) => {
    const reader = new Collector();
    await (await reader.start(log, 'reader', { from: { time: from } })).caughtUp();
    expect(reader.entries).toHaveLength(entries);
    expect(reader.entries.every(({ storedAt }) => storedAt >= from)).toBe(true);
  });

  it('is found although older entries are gone', async () => {
    await log.removeOldest(3, all);
    const reader = new Collector();
    await (await reader.start(log, 'reader', { from: { time: 20 } })).caughtUp();
    expect(reader.entries.map(({ storedAt }) => storedAt)).toEqual([30, 40]);
  });
});

describe('appends', () => {
  it('are written a thousand at a time', async () => {
    const sizes: number[] = [];
    const real = db.batch.bind(db) as AnyCall;
    (db as unknown as { batch: AnyCall }).batch = (...args) => {
      sizes.push((args[0] as unknown[]).length);
      return real(...args);
    };
    await fill(1, 2_500);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(2_500);
    expect(Math.max(...sizes)).toBe(1_000);
  });

  it('are refused while ten thousand wait for the disk', async () => {
    const gate = gateOn('batch', () => true);
    const first = log.append(batch(0));
    await gate.reached;
    const waiting = Array.from({ length: 10_000 }, (_, i) => log.append(batch(i + 1)));
    await expect(log.append(batch('more'))).rejects.toMatchObject({ code: 'LOG_WRITE' });
    gate.open();
    await Promise.all([first, ...waiting]);
    expect(log.next).toBe(10_002);
  });

  it('are refused while the database cannot be opened again', async () => {
    db.ready = () => Promise.reject(new Error('input/output error'));
    await expect(log.append(batch(1))).rejects.toMatchObject({
      code: 'LOG_WRITE',
      cause: expect.objectContaining({ message: 'input/output error' }),
    });
    db.ready = () => Promise.resolve();
    await log.append(batch(2));
    expect(texts((await consumeAll('reader')).entries)).toEqual(['batch 2']);
  });
});

describe('opening', () => {
  it.each([
    ['an entry', { 'o!0000000000000007': 'x', 'n!': '3', 'c!reader': '2' }, 8],
    ['what was removed', { 'o!0000000000000002': 'x', 'n!': '5', 'c!reader': '1' }, 5],
    ['the checkpoint of a consumer', { 'n!': '5', 'c!a': '2', 'c!b': '9', 'c!c': '3' }, 9],
    ['nothing', {}, 1],
  ])('goes on counting behind %s', async (_, stored, next) => {
    for (const [key, value] of Object.entries(stored)) await db.put(key, Buffer.from(value));
    expect((await open()).next).toBe(next);
  });

  it('says LOG_OPEN and closes the database when it cannot be read', async () => {
    let closed = 0;
    const broken = new MemoryLevel<string, Uint8Array>({ valueEncoding: 'view' }) as KeyValueDb;
    broken.get = () => Promise.reject(new Error('a bad sector'));
    broken.close = () => {
      closed++;
      return Promise.reject(new Error('not open'));
    };
    await expect(openLevelLog({ db: broken, now: () => time, defer: setImmediate })).rejects.toMatchObject({
      code: 'LOG_OPEN',
      cause: expect.objectContaining({ message: 'a bad sector' }),
    });
    expect(closed).toBe(1);
  });
});

it('gives the room of entries back to the disk, and of nothing else', async () => {
  const ranges: string[][] = [];
  db.compactRange = async (...range) => void ranges.push(range);
  await log.compact();
  expect(ranges).toEqual([['o!', 'o"']]);
});

it('frees at least the bytes that are wanted, and no entry more', async () => {
  await fill(1, 5);
  const entry = 18 + 8 + 7;
  expect(await log.removeOldest(100, 2 * entry)).toEqual({ entries: 2, bytes: 2 * entry });
  expect(await log.removeOldest(100, entry + 1)).toEqual({ entries: 2, bytes: 2 * entry });
  expect(await log.removeOldest(100, all)).toEqual({ entries: 1, bytes: entry });
  expect(await log.removeOldest(100, all)).toEqual({ entries: 0, bytes: 0 });
  expect(Buffer.from((await db.get('n!'))!).toString()).toBe('6');
});
