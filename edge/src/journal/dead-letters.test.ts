import type { KeyValueDb } from '@wellhead/host';
import { beforeEach, describe, expect, it } from 'vitest';
import { memory } from '../parts.testing.ts';
import { type DeadLetters, openDeadLetters } from './dead-letters.ts';

const at = Date.UTC(2026, 0, 31);

let db: KeyValueDb;
let dropped: number;
beforeEach(() => {
  db = memory();
  dropped = 0;
});

function open(limit: number): Promise<DeadLetters> {
  return openDeadLetters({
    db,
    limit,
    onDropped: (count) => {
      dropped += count;
    },
  });
}

function keep(letters: DeadLetters, number: number, payload = Buffer.from('x')): Promise<void> {
  return letters.keep({ source: `s${number}`, reason: 'bad-json', detail: 'why', payload }, at);
}

async function kept(): Promise<Record<string, unknown>[]> {
  const values = await db.values({ gte: 'x!', lt: 'x"' }).all();
  return values.map((value) => JSON.parse(Buffer.from(value).toString()));
}

const sources = async () => (await kept()).map(({ source }) => source);

describe('dead letters of the gateway', () => {
  it('say when, from where, why and what', async () => {
    await keep(await open(3), 1, Buffer.from([0, 255]));
    expect(await kept()).toEqual([
      {
        at: '2026-01-31T00:00:00.000Z',
        source: 's1',
        reason: 'bad-json',
        detail: 'why',
        bytes: 2,
        payload: 'AP8=',
      },
    ]);
  });

  it('keep the beginning of a large payload, and its size', async () => {
    await keep(await open(3), 1, Buffer.alloc(50_000, 'a'));
    const [letter] = await kept();
    expect(letter).toMatchObject({ bytes: 50_000 });
    expect(Buffer.from(letter!.payload as string, 'base64')).toEqual(Buffer.alloc(4_096, 'a'));
  });

  it('drop the oldest beyond the limit, and count them', async () => {
    const letters = await open(3);
    for (let i = 1; i <= 5; i++) await keep(letters, i);
    expect(await sources()).toEqual(['s3', 's4', 's5']);
    expect(letters.count).toBe(3);
    expect(dropped).toBe(2);
  });

  it('go on within the limit after a restart, also a lower one', async () => {
    const before = await open(5);
    for (let i = 1; i <= 5; i++) await keep(before, i);
    const after = await open(2);
    expect(after.count).toBe(5);
    await keep(after, 6);
    expect(await sources()).toEqual(['s5', 's6']);
    expect(after.count).toBe(2);
    expect(dropped).toBe(4);
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
