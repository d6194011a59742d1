// A write that was reported as failed may be on the disk: LevelDB shows it only when it was opened again.
import { type KeyValueDb, ReopeningDb } from '@wellhead/host';
import { decodeBlock } from '@wellhead/protocol';
import { beforeEach, expect, it } from 'vitest';
import { memory } from '../parts.testing.ts';
import { evictDelivered, evictUndelivered } from './evict.ts';
import { strictReports } from './journal.testing.ts';
import { type Journal, openJournal } from './journal.ts';
import type { Loss } from './ledger.ts';
import { packSensor } from './pack.ts';

const head = { sensor: 'b1', type: 'sonde', rules: 'sonde@1', properties: ['level'] };

let db: KeyValueDb;
let journal: Journal;
let losses: Loss[];
beforeEach(async () => {
  db = memory();
  losses = [];
  journal = await open();
});

function open(): Promise<Journal> {
  return openJournal({
    ...strictReports,
    db: new ReopeningDb(db),
    newOrigin: () => 'aa',
    defer: setImmediate,
    onLost: (loss) => losses.push(loss),
  });
}

/** The next write fails, and is there when the database was opened again. */
function failNext(): void {
  const { batch, open } = db;
  db.batch = async (operations) => {
    db.batch = batch;
    db.open = async () => {
      db.open = open;
      await open.call(db);
      await batch.call(db, operations);
    };
    throw new Error('IO error');
  };
}

async function add(count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const times = { measuredAt: i, receivedAt: i, clock: 1 as const };
    const row = { seq: 0, revision: 0, ...times, timeFlag: 1 as const, timeCause: 0, values: [i] };
    await journal.append({ head, row: { ...row, flags: [1], causes: [0] } });
  }
}

async function heldSeqs(): Promise<number[]> {
  const { blocks } = await journal.read('b1', 1, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  return blocks.flatMap(({ bytes }) => [...decodeBlock(bytes).seqs]);
}

it('an eviction takes a block for what it is by then, not for what it was before it was packed', async () => {
  await add(20);
  await journal.deliver('b1', [[1, 1]]);
  failNext();
  await expect(packSensor(journal, 'b1', strictReports.onDamaged)).rejects.toThrow('IO error');
  expect((await evictDelivered(journal, 1)).readings).toBe(0);
  expect(await heldSeqs()).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
});

it('a packing takes blocks for what they are by then', async () => {
  await add(20);
  failNext();
  await expect(packSensor(journal, 'b1', strictReports.onDamaged)).rejects.toThrow('IO error');
  expect(await packSensor(journal, 'b1', strictReports.onDamaged)).toBe(0);
  expect(await heldSeqs()).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
});

it('what an eviction removed is lost for want of room, not unreadable', async () => {
  await add(5);
  failNext();
  await expect(evictUndelivered(journal, 1)).rejects.toThrow('IO error');
  await journal.confirmLost('b1', [1, 5]);
  expect(journal.sensor('b1')?.lost).toEqual([[1, 1, 'journal-full']]);
  expect(losses).toHaveLength(1);
});

it('a mark of delivery that is written next keeps what an eviction entered into the ledger', async () => {
  await add(5);
  failNext();
  await expect(evictUndelivered(journal, 1)).rejects.toThrow('IO error');
  await journal.deliver('b1', [[5, 5]]);
  await journal.close();
  journal = await open();
  expect(journal.sensor('b1')).toMatchObject({ evicted: 1, lost: [[1, 1, 'journal-full']] });
  expect(journal.undelivered).toBe(3);
});
