import type { KeyValueDb } from '@wellhead/host';
import { MemoryLevel } from 'memory-level';
import { beforeEach, describe, expect, it } from 'vitest';
import { openCloudMeters } from '../health/meters.ts';
import { type DeadLetters, type KeptLetter, openDeadLetters } from './dead-letters.ts';

let db: KeyValueDb;
let meters: ReturnType<typeof openCloudMeters>;
beforeEach(() => {
  db = new MemoryLevel<string, Uint8Array>({ valueEncoding: 'view' });
  meters = openCloudMeters();
});

function open(limit: number): Promise<DeadLetters> {
  return openDeadLetters({ db, limit, now: () => Date.UTC(2026, 0, 1), count: meters.add });
}

function keep(letters: DeadLetters, number: number): Promise<void> {
  return letters.keep({ topic: `t${number}`, reason: 'bad-batch', detail: 'why', payload: Buffer.from('x') });
}

async function topics(): Promise<string[]> {
  const values = await db.values({ gte: 'x!', lt: 'x"' }).all();
  return values.map((value) => (JSON.parse(Buffer.from(value).toString()) as { topic: string }).topic);
}

async function all(letters: AsyncIterable<KeptLetter>): Promise<KeptLetter[]> {
  const found: KeptLetter[] = [];
  for await (const letter of letters) found.push(letter);
  return found;
}

describe('dead letters of the cloud', () => {
  it('keep when, from where, why and what', async () => {
    await keep(await open(5), 1);
    const [value] = await db.values({ gte: 'x!', lt: 'x"' }).all();
    expect(JSON.parse(Buffer.from(value!).toString())).toEqual({
      at: '2026-01-01T00:00:00.000Z',
      topic: 't1',
      reason: 'bad-batch',
      detail: 'why',
      payload: Buffer.from('x').toString('base64'),
    });
  });

  it('drop the oldest beyond their limit, and count what they drop', async () => {
    const letters = await open(3);
    for (let i = 1; i <= 5; i++) await keep(letters, i);
    expect(await topics()).toEqual(['t3', 't4', 't5']);
    expect(letters.count).toBe(3);
    expect(meters.value('dead_letters_total')).toBe(5);
    expect(meters.value('dead_letters_dropped_total')).toBe(2);
  });

  it('are there after a restart, and go on within the limit', async () => {
    const before = await open(3);
    for (let i = 1; i <= 4; i++) await keep(before, i);
    const after = await open(3);
    expect(after.count).toBe(3);
    await keep(after, 5);
    expect(await topics()).toEqual(['t3', 't4', 't5']);
  });

  it('shrink to a limit that was lowered', async () => {
    const before = await open(10);
    for (let i = 1; i <= 10; i++) await keep(before, i);
    const after = await open(2);
    await keep(after, 11);
    expect(await topics()).toEqual(['t10', 't11']);
    expect(after.count).toBe(2);
  });

  it('keep many at once in their order', async () => {
    const letters = await open(100);
    await Promise.all(Array.from({ length: 50 }, (_, i) => keep(letters, i)));
    expect(await topics()).toEqual(Array.from({ length: 50 }, (_, i) => `t${i}`));
  });

  it('are synced before they are said to be kept', async () => {
    const options: unknown[] = [];
    const batch = db.batch.bind(db) as (...args: unknown[]) => Promise<void>;
    const letters = await open(5);
    (db as unknown as { batch: unknown }).batch = (...args: unknown[]) => {
      options.push(args[1]);
      return batch(...args);
    };
    await keep(letters, 1);
    expect(options).toEqual([{ sync: true }]);
  });
});

it('are read newest first, one by its number, and can be removed', async () => {
  const letters = await open(5);
  for (const number of [1, 2, 3]) await keep(letters, number);
  const letter = (number: number) => ({
    number,
    at: '2026-01-01T00:00:00.000Z',
    topic: `t${number}`,
    reason: 'bad-batch',
    detail: 'why',
    payload: Buffer.from('x'),
  });
  expect(await all(letters.newest())).toEqual([letter(3), letter(2), letter(1)]);
  expect(await all(letters.newest(3))).toEqual([letter(2), letter(1)]);
  expect(await letters.get(2)).toEqual(letter(2));
  expect(await letters.remove(2)).toBe(true);
  expect(await letters.remove(2)).toBe(false);
  expect(await letters.get(2)).toBe(undefined);
  expect(await all(letters.newest())).toEqual([letter(3), letter(1)]);
});
