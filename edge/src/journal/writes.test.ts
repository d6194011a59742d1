// What must be on the disk before it counts, and what a disk that fails in between leaves behind.
import { ReopeningDb } from '@wellhead/host';
import { describe, expect, it } from 'vitest';
import { memory, openTestJournal } from '../parts.testing.ts';
import { evictDelivered } from './evict.ts';
import { strictReports } from './journal.testing.ts';
import { openJournal } from './journal.ts';
import { blockKey, blockKeys, lostKey, originKey, sensorKey } from './keys.ts';
import { packSensor } from './pack.ts';
import { addBlock, headOf, row } from './readings.testing.ts';

describe('synced', () => {
  it('is the origin of a new journal', async () => {
    const db = memory();
    const puts = new Map<string, unknown>();
    const put = db.put.bind(db);
    db.put = (key, value, options) => {
      puts.set(key, options);
      return put(key, value, options);
    };
    await openTestJournal(db);
    expect(puts.get(originKey)).toEqual({ sync: true });
  });

  it('is the packed block before those it replaces are gone', async () => {
    const db = memory();
    const journal = await openTestJournal(db);
    for (let i = 0; i < 16; i++) await addBlock(journal, 1);
    const options: unknown[] = [];
    const batch = db.batch.bind(db);
    db.batch = (operations, given) => {
      options.push(given);
      return batch(operations, given);
    };
    await packSensor(journal, 'b1', () => undefined);
    expect(options).toEqual([{ sync: true }]);
  });
});

it('who waits for readings is told which sensors have new ones', async () => {
  const journal = await openTestJournal(memory());
  const told: (readonly string[])[] = [];
  journal.onAppended = (sensors) => told.push(sensors);
  await Promise.all([addBlock(journal, 2), addBlock(journal, 1, headOf('b2'))]);
  expect(told).toEqual([['b1', 'b2']]);
});

it('a sensor whose first write failed is unknown again, though the write is on the disk', async () => {
  const inner = memory();
  const journal = await openTestJournal(new ReopeningDb(inner));
  await addBlock(journal, 1, headOf('b2'));
  const batch = inner.batch.bind(inner);
  inner.batch = async (operations, options) => {
    inner.batch = batch;
    await batch(operations, options);
    throw new Error('the disk did not answer');
  };
  await expect(addBlock(journal, 1)).rejects.toMatchObject({ code: 'JOURNAL_WRITE' });
  await addBlock(journal, 1, headOf('b2'));
  expect(journal.sensors().map(({ sensor, last }) => [sensor, last])).toEqual([['b2', 2]]);
  expect(await inner.keys(blockKeys('b1')).all()).toEqual([]);
  expect(await inner.get(sensorKey('b1'))).toBeUndefined();
  expect(await inner.get(sensorKey('b2'))).toBeDefined();
});

it('a journal that cannot be opened again takes no reading', async () => {
  const journal = await openTestJournal(
    Object.assign(memory(), { ready: () => Promise.reject(new Error('locked')) }),
  );
  await expect(journal.append({ head: headOf('b1'), row: row(1, 1) })).rejects.toMatchObject({
    code: 'JOURNAL_WRITE',
    message: expect.stringContaining('opened again'),
    cause: new Error('locked'),
  });
  expect(journal.sensors()).toEqual([]);
});

it('before a hole, a delivered block goes by its own last reading', async () => {
  const journal = await openTestJournal(memory());
  for (let i = 0; i < 3; i++) await addBlock(journal, 2);
  await journal.db.batch([{ type: 'del', key: blockKey('b1', 3) }]);
  await journal.deliver('b1', [
    [1, 2],
    [5, 6],
  ]);
  expect(await evictDelivered(journal, 1)).toMatchObject({ readings: 2, lost: 0 });
  expect(journal.sensor('b1')?.evicted).toBe(2);
});

it('a loss that was taken back is taken back on the disk', async () => {
  const db = memory();
  const open = () =>
    openJournal({
      ...strictReports,
      db,
      newOrigin: () => 'aa',
      defer: setImmediate,
      onLost: () => undefined,
      onFound: () => undefined,
    });
  const journal = await open();
  await addBlock(journal, 2);
  const whole = (await db.get(blockKey('b1', 1)))!;
  await db.put(blockKey('b1', 1), Buffer.from('damaged'));
  await journal.confirmLost('b1', [1, 2]);
  expect(Buffer.from((await db.get(lostKey('b1')))!).toString()).toBe('[[1,2,"unreadable"]]');
  await db.put(blockKey('b1', 1), whole);
  await journal.close();
  await open();
  expect(Buffer.from((await db.get(lostKey('b1')))!).toString()).toBe('[]');
});
