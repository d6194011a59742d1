import { MemoryLevel } from 'memory-level';
import { expect, it } from 'vitest';
import type { KeyValueDb } from './key-value.ts';
import { ReopeningDb } from './reopening-db.ts';

/** A database that, as LevelDB does, takes no write after one failed, until it is opened again. */
function failing() {
  const inner = new MemoryLevel<string, Uint8Array>({ valueEncoding: 'view' }) as unknown as KeyValueDb;
  const state = { isFull: false, isSick: false, opened: 0 };
  const batch = inner.batch.bind(inner);
  const open = inner.open.bind(inner);
  inner.open = async () => {
    state.opened++;
    state.isSick = false;
    await open();
  };
  inner.batch = async (operations, options) => {
    if (state.isFull) state.isSick = true;
    if (state.isSick) throw new Error('IO error: no space left on device');
    await batch(operations, options);
  };
  return { db: new ReopeningDb(inner), state };
}

const value = Buffer.from('v');

it('opens the database again after a failed write, tells its owner, and then writes', async () => {
  const { db, state } = failing();
  await db.open();
  let told = 0;
  db.onReopened = async () => {
    told++;
  };
  await db.put('a', value);
  state.isFull = true;
  await expect(db.put('b', value)).rejects.toThrow('no space');
  await expect(db.put('c', value)).rejects.toThrow('no space');
  state.isFull = false;
  await db.put('d', value);
  expect(await db.keys({}).all()).toEqual(['a', 'd']);
  expect(told).toBe(2);
  expect(state.opened).toBe(3);
});

it('is ready only when it was opened again', async () => {
  const { db, state } = failing();
  await db.open();
  state.isFull = true;
  await expect(db.put('a', value)).rejects.toThrow();
  state.isFull = false;
  await db.ready();
  expect(state).toMatchObject({ opened: 2, isSick: false });
});

it('writes in the order it was asked, and closes after the last', async () => {
  const { db } = failing();
  await db.open();
  const writes = [1, 2, 3].map((n) => db.put('a', Buffer.from(String(n))));
  await db.close();
  await Promise.all(writes);
  await db.open();
  expect(Buffer.from((await db.get('a'))!).toString()).toBe('3');
});
