// Reads of more than one step, while housekeeping writes between them.
import type { KeyValueDb } from '@wellhead/host';
import { decodeBlock } from '@wellhead/protocol';
import { expect, it } from 'vitest';
import { memory, openTestJournal } from '../parts.testing.ts';
import { evictDelivered } from './evict.ts';
import type { Journal } from './journal.ts';
import { blockKey, blockKeys } from './keys.ts';
import { packSensor } from './pack.ts';

const head = { sensor: 'b1', type: 'sonde', rules: 'sonde@1', properties: ['level'] };

async function add(journal: Journal, count: number): Promise<void> {
  for (let i = 0; i < count; i++)
    await journal.append({
      head,
      row: {
        seq: 0,
        revision: 0,
        measuredAt: i,
        receivedAt: i,
        clock: 1,
        timeFlag: 1,
        timeCause: 0,
        values: [i],
        flags: [1],
        causes: [0],
      },
    });
}

/** A database that does `between` once, after it has answered the first question for keys. */
function interrupted(db: KeyValueDb): { db: KeyValueDb; between: (work: () => Promise<unknown>) => void } {
  let work: (() => Promise<unknown>) | undefined;
  const keys = db.keys.bind(db);
  db.keys = (range) => {
    const answer = keys(range);
    return {
      async all() {
        const found = await answer.all();
        const mine = work;
        work = undefined;
        await mine?.();
        return found;
      },
    };
  };
  return {
    db,
    between: (next) => {
      work = next;
    },
  };
}

it('finds every reading of a block that is packed between the two looks', async () => {
  const { db, between } = interrupted(memory());
  const journal = await openTestJournal(db);
  await add(journal, 40);
  between(() => packSensor(journal, 'b1', () => undefined));
  const { blocks } = await journal.read('b1', 20, 20, 1);
  expect(blocks.flatMap(({ bytes }) => [...decodeBlock(bytes).seqs])).toEqual([20]);
  expect(await journal.db.keys(blockKeys('b1')).all()).toEqual([blockKey('b1', 1)]);
});

it('calls nothing lost that is packed between the two looks', async () => {
  const { db, between } = interrupted(memory());
  const journal = await openTestJournal(db);
  await add(journal, 40);
  between(() => packSensor(journal, 'b1', () => undefined));
  await journal.confirmLost('b1', [20, 30]);
  expect(journal.sensor('b1')?.lost).toEqual([]);
});

it('says what the next block was at the moment of the look', async () => {
  const journal = await openTestJournal(memory());
  await add(journal, 5);
  expect((await journal.read('b1', 2, 3, 1_000)).behind).toBe(4);
  expect((await journal.read('b1', 2, 5, 1)).behind).toBe(3);
  expect((await journal.read('b1', 2, 5, 1_000)).behind).toBeUndefined();
});

it('does not pack a block behind the last seq that was told: it may be taken out again', async () => {
  const journal = await openTestJournal(memory());
  await add(journal, 30);
  const [first] = await journal.db.iterator({ ...blockKeys('b1'), limit: 1 }).all();
  await journal.db.put(blockKey('b1', 31), first![1]);
  await packSensor(journal, 'b1', () => undefined);
  expect(await journal.db.keys(blockKeys('b1')).all()).toEqual([blockKey('b1', 1), blockKey('b1', 31)]);
});

it('evicts no block of which a reading is asked for again while its blocks are being looked at', async () => {
  const db = memory();
  const journal = await openTestJournal(db);
  await add(journal, 10);
  await journal.deliver('b1', [[1, 10]]);
  const iterator = db.iterator.bind(db);
  db.iterator = (range) => {
    db.iterator = iterator;
    const inner = iterator(range);
    return Object.assign(inner, {
      async all() {
        const found: [string, Uint8Array][] = [];
        for await (const entry of inner) found.push(entry);
        await journal.undeliver('b1', [[4, 4]]);
        return found;
      },
    });
  };
  expect(await evictDelivered(journal, 1e9)).toMatchObject({ readings: 3, lost: 0 });
  expect(journal.sensor('b1')).toMatchObject({ evicted: 3, lost: [] });
  expect(journal.undelivered).toBe(1);
});

it('a damaged block is evicted only when all it may hold is settled', async () => {
  const journal = await openTestJournal(memory());
  await Promise.all([add(journal, 1), add(journal, 1), add(journal, 1)]);
  await add(journal, 1);
  await journal.db.put(blockKey('b1', 1), Buffer.from('damaged'));
  await journal.deliver('b1', [
    [1, 1],
    [4, 4],
  ]);
  expect(await evictDelivered(journal, 1e9)).toEqual({ bytes: 0, readings: 0, lost: 0 });
  await journal.deliver('b1', [[2, 3]]);
  expect(await evictDelivered(journal, 1e9)).toMatchObject({ readings: 4, lost: 0 });
});
