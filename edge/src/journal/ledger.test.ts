import { type KeyValueDb, ReopeningDb } from '@wellhead/host';
import { expect, it } from 'vitest';
import { memory } from '../parts.testing.ts';
import { evictDelivered, evictUndelivered } from './evict.ts';
import { strictReports } from './journal.testing.ts';
import { type Journal, openJournal } from './journal.ts';
import { blockKey, deliveredKey } from './keys.ts';
import type { Loss } from './ledger.ts';

const head = { sensor: 'b1', type: 'sonde', rules: 'sonde@1', properties: ['level'] };

async function add(journal: Journal, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const times = { measuredAt: i, receivedAt: i, clock: 1 as const };
    const row = { seq: 0, revision: 0, ...times, timeFlag: 1 as const, timeCause: 0, values: [i] };
    await journal.append({ head, row: { ...row, flags: [1], causes: [0] } });
  }
}

async function open(db: KeyValueDb) {
  const losses: Loss[] = [];
  const found: (readonly [number, number])[] = [];
  const journal = await openJournal({
    ...strictReports,
    db,
    newOrigin: () => 'aa',
    defer: setImmediate,
    onLost: (loss) => losses.push(loss),
    onFound: (_, range) => found.push(range),
    onMarkFailed: () => undefined,
  });
  return { journal, losses, found };
}

const damage = (journal: Journal, seq: number) => journal.db.put(blockKey('b1', seq), Buffer.from('damaged'));

it('what cannot be read is lost once, however often it is looked for', async () => {
  const { journal, losses } = await open(memory());
  await add(journal, 5);
  await damage(journal, 3);
  await damage(journal, 4);
  await journal.confirmLost('b1', [1, 5]);
  await journal.confirmLost('b1', [2, 4]);
  expect(journal.sensor('b1')?.lost).toEqual([[3, 4, 'unreadable']]);
  expect(losses).toHaveLength(1);
});

it('a block that is not there is lost with its neighbours as evidence', async () => {
  const { journal, losses } = await open(memory());
  await add(journal, 5);
  await journal.db.batch([{ type: 'del', key: blockKey('b1', 3) }]);
  await journal.confirmLost('b1', [1, 5]);
  expect(losses).toEqual([
    {
      sensor: 'b1',
      from: 3,
      to: 3,
      reason: 'unreadable',
      evidence: 'nothing between the block from 2 and the block from 4',
    },
  ]);
});

it('what was delivered before the second look is not lost', async () => {
  const { journal, losses } = await open(memory());
  await add(journal, 5);
  await damage(journal, 3);
  await journal.deliver('b1', [[3, 3]]);
  await journal.confirmLost('b1', [1, 5]);
  expect(losses).toEqual([]);
});

it('a late receipt takes a loss back', async () => {
  const { journal, found } = await open(memory());
  await add(journal, 5);
  await damage(journal, 3);
  await damage(journal, 4);
  await journal.confirmLost('b1', [3, 4]);
  await journal.deliver('b1', [[4, 5]]);
  expect(journal.sensor('b1')?.lost).toEqual([[3, 3, 'unreadable']]);
  expect(found, 'the 5th was never lost').toEqual([[4, 4]]);
});

it('what was declared lost and is there at the next start is sent', async () => {
  const db = memory();
  const { journal } = await open(db);
  await add(journal, 5);
  const whole = (await db.get(blockKey('b1', 3)))!;
  await damage(journal, 3);
  await journal.confirmLost('b1', [1, 5]);
  await db.put(blockKey('b1', 3), whole);
  await journal.close();
  const again = await open(db);
  expect(again.found).toEqual([[3, 3]]);
  expect(again.journal.undelivered).toBe(5);
  await again.journal.close();
  expect((await open(db)).journal.sensor('b1')?.lost).toEqual([]);
});

it('what was evicted is settled, even if the mark of its delivery is lost', async () => {
  const db = memory();
  const { journal } = await open(db);
  await add(journal, 5);
  await journal.deliver('b1', [[1, 3]]);
  await journal.evict('b1', [blockKey('b1', 1), blockKey('b1', 2)], 2);
  await db.batch([{ type: 'del', key: deliveredKey('b1') }]);
  await journal.close();
  const again = await open(db);
  expect(again.journal.undelivered).toBe(3);
  expect(again.journal.sensor('b1')?.lost).toEqual([]);
});

it('an eviction that the disk refused takes nothing away', async () => {
  const db = memory();
  const { journal, losses } = await open(db);
  await add(journal, 5);
  const batch = db.batch.bind(db);
  db.batch = () => Promise.reject(new Error('no space left on device'));
  await expect(evictUndelivered(journal, 1)).rejects.toThrow('no space');
  db.batch = batch;
  expect(journal.sensor('b1')).toMatchObject({ evicted: 0, lost: [] });
  expect(journal.undelivered).toBe(5);
  expect(losses).toEqual([]);
});

it('an eviction that happened though it was reported as failed is in the ledger', async () => {
  const inner = memory();
  const { journal, losses } = await open(new ReopeningDb(inner));
  await add(journal, 5);
  const batch = inner.batch.bind(inner);
  inner.batch = async (operations, options) => {
    inner.batch = batch;
    await batch(operations, options);
    throw new Error('IO error');
  };
  await expect(evictUndelivered(journal, 1)).rejects.toThrow('IO error');
  await add(journal, 1);
  expect(journal.sensor('b1')).toMatchObject({ last: 6, evicted: 1, lost: [[1, 1, 'journal-full']] });
  expect(losses).toHaveLength(1);
  expect(journal.undelivered).toBe(5);
});

it('what is not there before the blocks that go was not removed for room', async () => {
  const { journal, losses } = await open(memory());
  await add(journal, 6);
  await journal.db.batch([{ type: 'del', key: blockKey('b1', 1) }]);
  await journal.deliver('b1', [[2, 6]]);
  expect(await evictDelivered(journal, 1)).toMatchObject({ readings: 1, lost: 0 });
  expect(journal.sensor('b1')?.lost).toEqual([[1, 1, 'unreadable']]);
  expect(losses).toMatchObject([{ from: 1, to: 1, reason: 'unreadable' }]);
});

it('what is not there between the blocks that go was not removed for room either', async () => {
  const { journal, losses } = await open(memory());
  await add(journal, 6);
  await journal.db.batch([{ type: 'del', key: blockKey('b1', 3) }]);
  await journal.deliver('b1', [
    [1, 2],
    [4, 6],
  ]);
  expect(await evictDelivered(journal, 1e9)).toMatchObject({ readings: 5, lost: 0 });
  expect(losses).toEqual([
    {
      ...{ sensor: 'b1', from: 3, to: 3, reason: 'unreadable' },
      evidence: 'nothing between the block from 2 and the block from 4',
    },
  ]);
});

it('readings asked for again after an eviction that only seemed to fail are in the ledger', async () => {
  const inner = memory();
  const { journal } = await open(new ReopeningDb(inner));
  await add(journal, 5);
  await journal.deliver('b1', [[1, 5]]);
  const batch = inner.batch.bind(inner);
  inner.batch = async (operations, options) => {
    inner.batch = batch;
    await batch(operations, options);
    throw new Error('IO error');
  };
  await expect(evictDelivered(journal, 1)).rejects.toThrow('IO error');
  await journal.undeliver('b1', [[1, 1]]);
  await add(journal, 1);
  expect(journal.sensor('b1')).toMatchObject({ evicted: 1, lost: [[1, 1, 'journal-full']] });
});
