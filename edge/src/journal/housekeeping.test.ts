import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderBytes } from '@wellhead/host';
import { type BlockHead, RangeSet, type Row } from '@wellhead/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GatewayMeters, openGatewayMeters } from '../health/meters.ts';
import { Housekeeping } from './housekeeping.ts';
import { strictReports } from './journal.testing.ts';
import type { Journal } from './journal.ts';
import { blockKeys } from './keys.ts';
import { openJournalFolder } from './open.ts';

const budgetBytes = 1_000_000;
const readingBytes = 5_000;

let folder: string;
let journal: Journal;
let housekeeping: Housekeeping | undefined;
let meters: GatewayMeters;
let errors: unknown[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wellhead-housekeeping-'));
  ({ journal } = await openJournalFolder(
    folder,
    { ...strictReports, onLost: ({ from, to }) => meters.add('readings_lost_total', to - from + 1) },
    () => 0,
  ));
  meters = openGatewayMeters();
  errors = [];
});
afterEach(async () => {
  await housekeeping?.close();
  housekeeping = undefined;
  await journal.close();
  rmSync(folder, { recursive: true });
});

function keepHouse(whenFull: 'refuse' | 'drop-oldest', everyMs = 3_600_000): Housekeeping {
  housekeeping = new Housekeeping({
    journal,
    journalBytes: bytes,
    budgetBytes,
    whenFull,
    count: meters.add,
    onDamaged: (key) => errors.push(key),
    onError: (error) => errors.push(error),
    everyMs,
  });
  return housekeeping;
}

/** Readings that cannot be compressed, each a block of its own or `inOne`. */
async function add(count: number, { sensor = 'b1', inOne = false } = {}): Promise<void> {
  const head: BlockHead = { sensor, type: 'sonde', rules: 'sonde@1', properties: ['note'] };
  const row = (): Row => ({
    seq: 0,
    revision: 0,
    measuredAt: 0,
    receivedAt: 0,
    clock: 1,
    timeFlag: 1,
    timeCause: 0,
    values: [randomBytes(readingBytes * 0.75).toString('base64')],
    flags: [1],
    causes: [0],
  });
  if (inOne) await Promise.all(Array.from({ length: count }, () => journal.append({ head, row: row() })));
  else for (let i = 0; i < count; i++) await journal.append({ head, row: row() });
}

function bytes(): number {
  const path = join(folder, 'journal');
  return readdirSync(path).reduce((sum, name) => sum + statSync(join(path, name)).size, 0);
}

async function held(sensor = 'b1'): Promise<number> {
  return (await journal.db.keys(blockKeys(sensor)).all()).length;
}

const sum = (ranges: readonly (readonly [number, number, ...unknown[]])[]) =>
  ranges.reduce((total, [from, to]) => total + to - from + 1, 0);

describe('within the budget', () => {
  it('nothing is removed, and small blocks are packed', async () => {
    await add(100);
    await journal.deliver('b1', [[1, 100]]);
    const house = keepHouse('refuse');
    await house.run();
    expect(house.full).toBe(false);
    expect(meters.value('readings_evicted_total')).toBe(0);
    expect(await held()).toBeLessThan(10);
    expect(journal.sensor('b1')).toMatchObject({ last: 100, evicted: 0, lost: [] });
  });
});

describe('above the budget', () => {
  it('delivered readings go first, the oldest ones, and no more than needed', async () => {
    await add(400);
    await journal.deliver('b1', [[1, 300]]);
    const house = keepHouse('refuse');
    await house.run();
    expect(bytes()).toBeLessThanOrEqual(budgetBytes);
    expect(house.full).toBe(false);
    const { evicted, lost } = journal.sensor('b1')!;
    expect(evicted).toBeGreaterThan(150);
    expect(evicted).toBeLessThan(300);
    expect(await held()).toBe(400 - evicted);
    expect(meters.value('readings_evicted_total')).toBe(evicted);
    expect(lost).toEqual([]);
    expect(meters.value('readings_lost_total')).toBe(0);
  });

  it('one sensor that delivers nothing does not keep the delivered readings of another', async () => {
    await add(100, { sensor: 'a-stuck' });
    await add(200, { sensor: 'b-fine' });
    await journal.deliver('b-fine', [[1, 200]]);
    const house = keepHouse('refuse');
    await house.run();
    expect(house.full).toBe(false);
    expect(await held('a-stuck')).toBe(100);
    expect(await held('b-fine')).toBeLessThan(110);
  });

  it('it is full when nothing is delivered, and takes again after a delivery', async () => {
    await add(300);
    const house = keepHouse('refuse');
    await house.run();
    expect(house.full).toBe(true);
    expect(await held()).toBe(300);
    await journal.deliver('b1', [[1, 250]]);
    await house.run();
    expect(house.full).toBe(false);
    expect(bytes()).toBeLessThanOrEqual(budgetBytes);
    expect(meters.value('readings_lost_total')).toBe(0);
    await add(1);
    expect(journal.sensor('b1')?.last).toBe(301);
  });

  it('the oldest are dropped if that is the policy, each one counted and in the ledger', async () => {
    await add(300);
    await journal.deliver('b1', [[1, 20]]);
    const house = keepHouse('drop-oldest');
    await house.run();
    expect(house.full).toBe(false);
    expect(bytes()).toBeLessThanOrEqual(budgetBytes);
    const { lost, evicted } = journal.sensor('b1')!;
    expect(lost.every(([, , reason]) => reason === 'journal-full')).toBe(true);
    expect(new RangeSet(lost.map(([from, to]) => [from, to])).ranges).toEqual([[21, evicted]]);
    expect(meters.value('readings_lost_total')).toBe(sum(lost));
    expect(meters.value('readings_evicted_total')).toBe(20);
    expect(await held()).toBe(300 - evicted);
  });

  it('only what was not delivered of a dropped block counts as lost', async () => {
    await add(300, { inOne: true });
    await journal.deliver('b1', [[2, 40]]);
    const house = keepHouse('drop-oldest');
    await house.run();
    const { lost, evicted } = journal.sensor('b1')!;
    expect(lost[0]).toEqual([1, 1, 'journal-full']);
    expect(meters.value('readings_lost_total')).toBe(sum(lost));
    expect(meters.value('readings_lost_total') + meters.value('readings_evicted_total')).toBe(evicted);
  });

  it('what was dropped stays known after a restart', async () => {
    await add(300);
    await keepHouse('drop-oldest').run();
    const before = journal.sensor('b1')!;
    await housekeeping!.close();
    await journal.close();
    ({ journal } = await openJournalFolder(folder, strictReports, () => 0));
    const { last, evicted, lost } = journal.sensor('b1')!;
    expect({ last, evicted, lost }).toEqual({ last: 300, evicted: before.evicted, lost: before.lost });
    expect(journal.undelivered).toBe(300 - evicted);
  });
});

it('runs by itself, one round at a time, and ends when it is closed', async () => {
  await add(300);
  const house = keepHouse('refuse', 5);
  expect(house.run()).toBe(house.run());
  while (!house.full) await new Promise((resolve) => setImmediate(resolve));
  await Promise.all([house.close(), house.close()]);
  expect(errors).toEqual([]);
});

it('tells of a round that failed, and tries again', async () => {
  const house = keepHouse('refuse');
  const options = { journal, budgetBytes, count: meters.add, everyMs: 3_600_000 } as const;
  const broken = new Housekeeping({
    ...options,
    journalBytes: () => folderBytes(join(folder, 'nowhere')),
    whenFull: 'refuse',
    onDamaged: () => undefined,
    onError: (error) => errors.push(error),
  });
  await broken.run();
  await broken.run();
  await broken.close();
  expect(errors).toMatchObject([{ code: 'ENOENT' }, { code: 'ENOENT' }]);
  expect(house.full).toBe(false);
});
