// What a restart finds of a sensor: its marks, also torn ones, and the last seq it may have given.
import { beforeEach, describe, expect, it } from 'vitest';
import { memory, openTestJournal } from '../parts.testing.ts';
import { strictReports } from './journal.testing.ts';
import { type Journal, openJournal } from './journal.ts';
import { blockKey, deliveredKey, lostKey, sensorKey } from './keys.ts';
import { addBlock, headOf } from './readings.testing.ts';

let db: ReturnType<typeof memory>;
let journal: Journal;
beforeEach(async () => {
  db = memory();
  journal = await openTestJournal(db);
});

async function restart(): Promise<Journal> {
  await journal.close();
  journal = await openTestJournal(db);
  return journal;
}

describe('after a restart', () => {
  it('each sensor is as it was: last, delivered, lost and evicted', async () => {
    await addBlock(journal, 5);
    await addBlock(journal, 3);
    await addBlock(journal, 4, headOf('b2'));
    await journal.deliver('b1', [
      [1, 5],
      [7, 7],
    ]);
    await journal.evict('b1', [blockKey('b1', 1)], 5);
    const before = journal
      .sensors()
      .map(({ delivered, ...rest }) => ({ ...rest, delivered: delivered.ranges }));
    await restart();
    expect(
      journal.sensors().map(({ delivered, ...rest }) => ({ ...rest, delivered: delivered.ranges })),
    ).toEqual(before);
    expect(before).toEqual([
      {
        sensor: 'b1',
        last: 8,
        evicted: 5,
        lost: [],
        delivered: [
          [1, 5],
          [7, 7],
        ],
      },
      { sensor: 'b2', last: 4, evicted: 0, lost: [], delivered: [] },
    ]);
  });

  it('torn marks cost a re-send and no reading, and an eviction is settled all the same', async () => {
    await addBlock(journal, 5);
    await addBlock(journal, 5);
    await journal.deliver('b1', [[1, 10]]);
    await journal.evict('b1', [blockKey('b1', 1)], 5);
    for (const key of [deliveredKey('b1'), lostKey('b1')]) await db.put(key, Buffer.from('[[1,'));
    await restart();
    expect(journal.sensor('b1')?.delivered.ranges).toEqual([[1, 5]]);
    expect(journal.sensor('b1')?.lost).toEqual([]);
    expect(journal.undelivered).toBe(5);
  });

  it('a sensor of which everything was evicted counts on from there', async () => {
    await addBlock(journal, 5);
    await journal.deliver('b1', [[1, 5]]);
    await journal.evict('b1', [blockKey('b1', 1)], 5);
    await restart();
    expect(journal.sensor('b1')).toMatchObject({ last: 5, evicted: 5 });
    await addBlock(journal, 1);
    expect(await db.keys({ gte: 'b!', lt: 'b"' }).all()).toEqual([blockKey('b1', 6)]);
  });

  it('seqs that a damaged newest block may hold are given up, as many as a block can hold', async () => {
    await addBlock(journal, 2);
    await addBlock(journal, 3);
    await db.put(blockKey('b1', 3), Buffer.from('damaged'));
    await restart();
    expect(journal.sensor('b1')?.last).toBe(3 + 65_536);
  });

  it('seqs that were settled are not given again when their block has gone', async () => {
    await addBlock(journal, 5);
    await addBlock(journal, 5);
    await journal.deliver('b1', [[1, 10]]);
    await db.batch([{ type: 'del', key: blockKey('b1', 6) }]);
    await restart();
    await addBlock(journal, 3);
    expect(journal.sensor('b1')?.last).toBe(13);
    expect(journal.undelivered).toBe(3);
  });

  it('seqs that were given up stay given up when the damaged newest block is whole again', async () => {
    await addBlock(journal, 5);
    const whole = (await db.get(blockKey('b1', 1)))!;
    await db.put(blockKey('b1', 1), Buffer.from('damaged'));
    const reports = { ...strictReports, onLost: () => undefined, onFound: () => undefined };
    const reopen = async () => {
      await journal.close();
      journal = await openJournal({ ...reports, db, newOrigin: () => 'aa', defer: setImmediate });
    };
    await reopen();
    await journal.confirmLost('b1', [1, 1 + 65_536]);
    await db.put(blockKey('b1', 1), whole);
    await reopen();
    expect(journal.undelivered, 'what is whole again is sent').toBe(5);
    await addBlock(journal, 3);
    expect(journal.sensor('b1')?.last).toBe(1 + 65_536 + 3);
    expect(journal.undelivered).toBe(8);
  });

  it('sensors whose names begin alike are kept apart', async () => {
    for (const name of ['b', 'b1', 'b10']) await addBlock(journal, name.length, headOf(name));
    await restart();
    expect(journal.sensors().map(({ sensor, last }) => [sensor, last])).toEqual([
      ['b', 1],
      ['b1', 2],
      ['b10', 3],
    ]);
  });

  it('other marks are no sensors', async () => {
    await db.put(sensorKey('b1'), Buffer.from('0'));
    await restart();
    expect(journal.sensors()).toMatchObject([{ sensor: 'b1', last: 0 }]);
  });
});

describe('a journal that cannot be opened', () => {
  it('is closed again, and says so', async () => {
    const broken = memory();
    broken.get = () => Promise.reject(new Error('IO error'));
    const opening = openJournal({
      ...strictReports,
      db: broken,
      newOrigin: () => 'aa',
      defer: setImmediate,
    });
    await expect(opening).rejects.toMatchObject({ code: 'JOURNAL_OPEN', cause: new Error('IO error') });
    expect((broken as unknown as { status: string }).status).toBe('closed');
  });

  it('for a programmer’s mistake in a block is not taken for a damaged one', async () => {
    await addBlock(journal, 1);
    await journal.close();
    const iterator = db.iterator.bind(db);
    db.iterator = (range) => {
      const inner = iterator(range);
      if (range?.limit !== 1) return inner;
      return Object.assign(inner, {
        all: async () => [[blockKey('b1', 1), undefined as unknown as Uint8Array]],
      });
    };
    await expect(openTestJournal(db)).rejects.toMatchObject({ cause: expect.any(TypeError) });
  });
});
