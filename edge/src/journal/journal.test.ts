import { type KeyValueDb, ReopeningDb } from '@wellhead/host';
import { type BlockHead, decodeBlock, hourMs, type Row, rowsOf } from '@wellhead/protocol';
import { MemoryLevel } from 'memory-level';
import { describe, expect, it } from 'vitest';
import { evictDelivered, evictUndelivered } from './evict.ts';
import { strictReports } from './journal.testing.ts';
import { type Journal, type JournalReports, openJournal } from './journal.ts';
import { blockKeys } from './keys.ts';
import type { Loss } from './ledger.ts';
import { packSensor } from './pack.ts';

const head: BlockHead = {
  sensor: 'b1',
  type: 'groundwater',
  rules: 'groundwater@1',
  properties: ['water_level'],
};

function row(i: number): Row {
  return {
    seq: 0,
    revision: 0,
    measuredAt: i * hourMs,
    receivedAt: i * hourMs + 5,
    clock: 1,
    timeFlag: 1,
    timeCause: 0,
    values: [Math.round(1638 + Math.sin(i) * 20) / 100],
    flags: [1],
    causes: [0],
  };
}

function memory(): KeyValueDb {
  return new MemoryLevel<string, Uint8Array>({ valueEncoding: 'view' });
}

function open(
  db: KeyValueDb,
  damaged: string[] = [],
  reports: Partial<JournalReports> = {},
): Promise<Journal> {
  return openJournal({
    db,
    newOrigin: () => 'aa',
    defer: setImmediate,
    ...strictReports,
    onDamaged: (key) => damaged.push(key),
    ...reports,
  });
}

function add(journal: Journal, from: number, count: number): Promise<unknown> {
  return Promise.all(Array.from({ length: count }, (_, i) => journal.append({ head, row: row(from + i) })));
}

async function allRows(journal: Journal): Promise<Row[]> {
  const { blocks } = await journal.read('b1', 1, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  return blocks.flatMap(({ bytes }) => rowsOf(decodeBlock(bytes)));
}

describe('journal', () => {
  it('numbers the readings of each sensor from 1 without holes, in the order they came', async () => {
    const journal = await open(memory());
    await Promise.all([
      add(journal, 0, 50),
      journal.append({ head: { ...head, sensor: 'b2' }, row: row(0) }),
    ]);
    await add(journal, 50, 3);
    const rows = await allRows(journal);
    expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 53 }, (_, i) => i + 1));
    expect(rows.map(({ measuredAt }) => measuredAt)).toEqual(
      Array.from({ length: 53 }, (_, i) => i * hourMs),
    );
    expect(journal.sensor('b2')?.last).toBe(1);
  });

  it('goes on with the same origin and the next seq after it was opened again', async () => {
    const db = memory();
    const first = await open(db);
    await add(first, 0, 10);
    await first.deliver('b1', [[1, 4]]);
    await first.close();
    const second = await openJournal({
      db,
      newOrigin: () => 'other',
      defer: setImmediate,
      ...strictReports,
    });
    expect(second.origin).toBe('aa');
    await add(second, 10, 1);
    expect((await allRows(second)).at(-1)).toMatchObject({ seq: 11, measuredAt: 10 * hourMs });
    expect(second.undelivered).toBe(7);
  });

  it('syncs every write before it says that the reading is kept', async () => {
    const db = memory();
    const journal = await open(db);
    const syncs: unknown[] = [];
    const batch = db.batch.bind(db) as (...args: unknown[]) => Promise<void>;
    (db as unknown as { batch: unknown }).batch = async (...args: unknown[]) => {
      syncs.push((args[1] as { sync?: boolean }).sync);
      await batch(...args);
    };
    await add(journal, 0, 100);
    expect(syncs.length).toBeGreaterThan(0);
    expect(syncs.every((sync) => sync === true)).toBe(true);
    expect(syncs.length).toBeLessThan(5); // one sync for many readings
  });

  it('refuses the readings of a failed write, gives their seqs to the next, and goes on', async () => {
    const db = memory();
    const journal = await open(db);
    await add(journal, 0, 5);
    const batch = db.batch.bind(db) as (...args: unknown[]) => Promise<void>;
    let fail = true;
    (db as unknown as { batch: unknown }).batch = async (...args: unknown[]) => {
      if (fail) throw new Error('no space left on device');
      await batch(...args);
    };
    await expect(add(journal, 5, 2)).rejects.toMatchObject({ code: 'JOURNAL_WRITE' });
    fail = false;
    await add(journal, 5, 2);
    expect((await allRows(journal)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('takes out what a failed write did leave on the disk, so that the sensor giving it again does not double it', async () => {
    const inner = memory();
    const journal = await open(new ReopeningDb(inner));
    await add(journal, 0, 3);
    const batch = inner.batch.bind(inner);
    inner.batch = async (operations, options) => {
      await batch(operations, options);
      inner.batch = batch;
      throw new Error('the disk did not answer');
    };
    await expect(add(journal, 3, 2)).rejects.toMatchObject({ code: 'JOURNAL_WRITE' });
    await add(journal, 3, 2);
    const rows = await allRows(journal);
    expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    expect(rows.map(({ measuredAt }) => measuredAt / hourMs)).toEqual([0, 1, 2, 3, 4]);
  });

  it('cuts a receipt for readings that do not exist', async () => {
    const journal = await open(memory());
    await add(journal, 0, 5);
    await journal.deliver('b1', [[3, 500]]);
    await journal.deliver('nobody', [[1, 2]]);
    expect(journal.sensor('b1')?.delivered.ranges).toEqual([[3, 5]]);
    await add(journal, 5, 5);
    expect(journal.undelivered).toBe(7);
  });

  it('reads from the middle of a block, and gives at least one block however small the limit', async () => {
    const journal = await open(memory());
    await add(journal, 0, 30);
    const { blocks } = await journal.read('b1', 20, 25, 1);
    expect(blocks).toHaveLength(1);
    expect(decodeBlock(blocks[0]!.bytes).seqs[0]).toBe(1);
  });

  it('gives the newest readings in order, whatever blocks they lie in', async () => {
    const journal = await open(memory());
    for (let i = 0; i < 20; i++) await add(journal, i, 1);
    expect((await journal.tail('b1', 7)).map(({ seq }) => seq)).toEqual([14, 15, 16, 17, 18, 19, 20]);
  });

  it('packs small blocks into one and loses nothing by it', async () => {
    const journal = await open(memory());
    for (let i = 0; i < 100; i++) await add(journal, i, 1);
    const before = await allRows(journal);
    expect(await packSensor(journal, 'b1', strictReports.onDamaged)).toBe(99);
    expect(await allRows(journal)).toEqual(before);
    expect(await journal.db.keys(blockKeys('b1')).all()).toHaveLength(1);
    for (let i = 100; i < 140; i++) await add(journal, i, 1);
    await packSensor(journal, 'b1', strictReports.onDamaged);
    expect((await allRows(journal)).map(({ seq }) => seq)).toEqual(
      Array.from({ length: 140 }, (_, i) => i + 1),
    );
  });

  it('evicts delivered readings only, and never gives their seqs again', async () => {
    const db = memory();
    const journal = await open(db);
    for (let i = 0; i < 10; i++) await add(journal, i, 1);
    await journal.deliver('b1', [[1, 6]]);
    const { readings } = await evictDelivered(journal, Number.MAX_SAFE_INTEGER);
    expect(readings).toBe(6);
    expect((await allRows(journal)).map(({ seq }) => seq)).toEqual([7, 8, 9, 10]);
    await journal.deliver('b1', [[7, 10]]);
    await evictDelivered(journal, Number.MAX_SAFE_INTEGER);
    await journal.close();
    const again = await open(db);
    await add(again, 10, 1);
    expect((await allRows(again)).map(({ seq }) => seq)).toEqual([11]);
  });

  it('names what it drops when it must drop undelivered readings', async () => {
    const lost: Loss[] = [];
    const journal = await open(memory(), [], { onLost: (loss) => lost.push(loss) });
    for (let i = 0; i < 10; i++) await add(journal, i, 1);
    await journal.deliver('b1', [[2, 2]]);
    await evictUndelivered(journal, 1);
    expect(lost).toEqual([
      { sensor: 'b1', from: 1, to: 1, reason: 'journal-full', evidence: 'removed for room' },
    ]);
    expect(journal.sensor('b1')?.lost).toEqual([[1, 1, 'journal-full']]);
    expect(journal.undelivered).toBe(8);
  });

  it('does not give a seq twice when the newest block is damaged', async () => {
    const db = memory();
    const damaged: string[] = [];
    const journal = await open(db, damaged);
    await add(journal, 0, 3);
    const [key] = await db.keys({ ...blockKeys('b1'), reverse: true, limit: 1 }).all();
    const bytes = (await db.get(key!))!.slice();
    bytes[bytes.length >> 1]! ^= 1;
    await db.put(key!, bytes);
    await journal.close();
    const again = await open(db, damaged);
    expect(again.sensor('b1')!.last).toBeGreaterThanOrEqual(3);
    expect(await again.tail('b1', 10)).toEqual([]);
    expect(damaged).toHaveLength(1);
  });
});
