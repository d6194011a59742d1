import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderBytes } from '@wellhead/host';
import { Level } from 'level';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Collector } from '../reading-log.contract.ts';
import { type LevelLog, openLevelLog } from './level-log.ts';
import { startTrimming, trimLog } from './trim.ts';

let folder: string;
let log: LevelLog;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wellhead-trim-'));
  log = await openLevelLog({
    db: new Level<string, Uint8Array>(folder, { valueEncoding: 'view' }),
    now: Date.now,
    defer: setImmediate,
  });
});
afterEach(async () => {
  vi.useRealTimers();
  await log.close();
  await rm(folder, { recursive: true });
});

const batchBytes = 50_000;

/** Random bytes: LevelDB compresses others away. */
async function fill(count: number): Promise<void> {
  await Promise.all(Array.from({ length: count }, () => log.append(randomBytes(batchBytes))));
  await log.compact();
}

async function consumeAll(): Promise<void> {
  const reader = new Collector();
  const consumption = await reader.start(log, 'reader');
  await consumption.caughtUp();
  await consumption.close();
}

async function left(): Promise<number> {
  return (await log.db.keys({ gte: 'o!', lt: 'o"' }).all()).length;
}

it('brings the folder under its budget with the oldest handled entries', async () => {
  await fill(100);
  await consumeAll();
  const budgetBytes = 2_000_000;
  expect(folderBytes(folder)).toBeGreaterThan(budgetBytes);
  let removed = 0;
  await trimLog({
    log,
    folder,
    budgetBytes,
    onRemoved: (entries) => {
      removed += entries;
    },
  });
  expect(folderBytes(folder)).toBeLessThanOrEqual(budgetBytes * 1.05);
  expect(removed).toBeGreaterThan(50);
  expect(await left()).toBe(100 - removed);
  const [oldest] = await log.db.keys({ gte: 'o!', lt: 'o"', limit: 1 }).all();
  expect(Number(oldest!.slice(2))).toBe(removed + 1);
});

it('removes nothing while the folder is within its budget', async () => {
  await fill(5);
  await consumeAll();
  await trimLog({ log, folder, budgetBytes: 10_000_000, onRemoved: () => expect.fail('nothing had to go') });
  expect(await left()).toBe(5);
});

it('stays above the budget rather than remove what a stopped consumer needs', async () => {
  await consumeAll();
  await fill(20);
  await trimLog({ log, folder, budgetBytes: 1, onRemoved: () => expect.fail('all of it is needed') });
  expect(await left()).toBe(20);
});

it('refuses batches while the room is used up by what a consumer needs, and takes them again when there is room', async () => {
  await consumeAll();
  await fill(20);
  await trimLog({ log, folder, budgetBytes: 1, onRemoved: () => undefined });
  await expect(log.append(randomBytes(10))).rejects.toMatchObject({ code: 'LOG_WRITE' });
  await consumeAll();
  await trimLog({ log, folder, budgetBytes: 500_000, onRemoved: () => undefined });
  await log.append(randomBytes(10));
});

it('takes batches when all it needs is the room of what was removed before', async () => {
  await fill(20);
  await consumeAll();
  // As after a kill between the removal and the disk’s getting its room back.
  await log.removeOldest(100, Number.MAX_SAFE_INTEGER);
  const budgetBytes = 500_000;
  expect(folderBytes(folder)).toBeGreaterThan(budgetBytes);
  await trimLog({ log, folder, budgetBytes, onRemoved: () => expect.fail('there is nothing to remove') });
  expect(folderBytes(folder)).toBeLessThan(budgetBytes);
  await log.append(randomBytes(10));
});

it('takes batches again when what could be removed was too little by the look of the folder', async () => {
  await fill(30);
  await consumeAll();
  await log.removeOldest(20, Number.MAX_SAFE_INTEGER);
  log.isFull = true;
  const removed: number[] = [];
  await trimLog({ log, folder, budgetBytes: 600_000, onRemoved: (entries) => removed.push(entries) });
  expect(removed).toEqual([10]);
  expect(log.isFull).toBe(false);
});

it('rewrites the disk once when it becomes full, and not at each look while it stays so', async () => {
  await consumeAll();
  await fill(3);
  const { compact } = log;
  let compacted = 0;
  log.compact = () => {
    compacted++;
    return compact.call(log);
  };
  const look = (budgetBytes: number) => trimLog({ log, folder, budgetBytes, onRemoved: () => undefined });
  await look(1);
  await look(1);
  expect(compacted).toBe(1);
  expect(log.isFull).toBe(true);
  await look(10_000_000);
  expect(compacted).toBe(1);
  expect(log.isFull).toBe(false);
});

it('looks again and again, and tells of a look that failed', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const errors: unknown[] = [];
  const trimming = startTrimming({
    log,
    folder: join(folder, 'gone'),
    budgetBytes: 1,
    onRemoved: () => undefined,
    onError: (error) => errors.push(error),
  });
  await vi.advanceTimersByTimeAsync(30_000);
  await vi.advanceTimersByTimeAsync(30_000);
  await trimming.close();
  expect(errors).toMatchObject([{ code: 'ENOENT' }, { code: 'ENOENT' }]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(errors).toHaveLength(2);
});
