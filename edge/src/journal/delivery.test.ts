// The ledger's account of what is delivered, asked for again, and lost, where ranges meet their limits.
import { beforeEach, describe, expect, it } from 'vitest';
import { memory } from '../parts.testing.ts';
import { strictReports } from './journal.testing.ts';
import { type Journal, openJournal } from './journal.ts';
import { blockKey } from './keys.ts';
import type { Loss } from './ledger.ts';
import { addBlock } from './readings.testing.ts';

let db: ReturnType<typeof memory>;
let journal: Journal;
let losses: Loss[];
let found: (readonly [number, number])[];
let failed: unknown[];
/** Blocks of two readings: 1, 3, 5, 7, 9. */
beforeEach(async () => {
  db = memory();
  await open();
  for (let i = 0; i < 5; i++) await addBlock(journal, 2);
});

async function open(): Promise<void> {
  losses = [];
  found = [];
  failed = [];
  journal = await openJournal({
    ...strictReports,
    db,
    newOrigin: () => 'aa',
    defer: setImmediate,
    onLost: (loss) => losses.push(loss),
    onFound: (_, range) => found.push(range),
    onMarkFailed: (error) => failed.push(error),
  });
}

async function restart(): Promise<void> {
  await journal.close();
  await open();
}

const delivered = () => journal.sensor('b1')!.delivered.ranges;
const lost = () => journal.sensor('b1')!.lost;
const damage = (seq: number) => db.put(blockKey('b1', seq), Buffer.from('damaged'));

function refuseWrites(): () => void {
  const batch = db.batch;
  db.batch = () => Promise.reject(new Error('no space left on device'));
  return () => {
    db.batch = batch;
  };
}

describe('a delivery', () => {
  it('is known after a restart', async () => {
    await journal.deliver('b1', [
      [2, 3],
      [9, 10],
    ]);
    await restart();
    expect(delivered()).toEqual([
      [2, 3],
      [9, 10],
    ]);
  });

  it('below the first seq counts from the first', async () => {
    await journal.deliver('b1', [[-5, 2]]);
    expect(delivered()).toEqual([[1, 2]]);
  });

  it('whose mark the disk refuses counts all the same, and is said', async () => {
    refuseWrites();
    await journal.deliver('b1', [[1, 4]]);
    expect(delivered()).toEqual([[1, 4]]);
    expect(failed).toEqual([new Error('no space left on device')]);
  });
});

describe('a request', () => {
  it('takes back what is named, but nothing that was evicted and nothing beyond the last', async () => {
    await journal.deliver('b1', [[1, 10]]);
    await journal.evict('b1', [blockKey('b1', 1)], 2);
    await journal.undeliver('b1', [
      [1, 4],
      [9, 99],
    ]);
    expect(delivered()).toEqual([
      [1, 2],
      [5, 8],
    ]);
    await restart();
    expect(delivered()).toEqual([
      [1, 2],
      [5, 8],
    ]);
  });

  it('for what is lost leaves it lost, and for an unknown sensor does nothing', async () => {
    await damage(3);
    await journal.confirmLost('b1', [1, 10]);
    await journal.deliver('b1', [
      [1, 2],
      [5, 10],
    ]);
    await journal.undeliver('b1', [[1, 10]]);
    await journal.undeliver('other', [[1, 10]]);
    expect(delivered()).toEqual([[3, 4]]);
    expect(lost()).toEqual([[3, 4, 'unreadable']]);
  });

  it('finds what had been declared lost and is there', async () => {
    const whole = (await db.get(blockKey('b1', 3)))!;
    await damage(3);
    await journal.confirmLost('b1', [1, 10]);
    await db.put(blockKey('b1', 3), whole);
    await journal.undeliver('b1', [[4, 4]]);
    expect(found).toEqual([[3, 4]]);
    expect(lost()).toEqual([]);
    expect(delivered()).toEqual([]);
  });
});

describe('a loss', () => {
  it('is of an unknown sensor not at all, and never beyond the last reading', async () => {
    await journal.confirmLost('other', [1, 10]);
    await journal.confirmLost('b1', [9, 40]);
    expect(losses).toEqual([]);
    await damage(9);
    await journal.confirmLost('b1', [9, 40]);
    expect(lost()).toEqual([[9, 10, 'unreadable']]);
  });

  it('is known after a restart, and nothing is written where there is none', async () => {
    let writes = 0;
    const batch = db.batch.bind(db);
    db.batch = (operations, options) => {
      writes++;
      return batch(operations, options);
    };
    await journal.confirmLost('b1', [1, 10]);
    expect(writes).toBe(0);
    await damage(5);
    await journal.confirmLost('b1', [1, 10]);
    expect(writes).toBe(1);
    await restart();
    expect(lost()).toEqual([[5, 6, 'unreadable']]);
    expect(delivered()).toEqual([[5, 6]]);
    expect(found).toEqual([]);
  });

  it('is not found again below what was evicted', async () => {
    await damage(1);
    await damage(3);
    await journal.confirmLost('b1', [1, 10]);
    expect(lost()).toEqual([[1, 4, 'unreadable']]);
    await journal.evict('b1', [blockKey('b1', 1)], 2);
    await db.put(blockKey('b1', 1), (await db.get(blockKey('b1', 5)))!);
    await restart();
    expect(found).toEqual([]);
    expect(lost()).toEqual([[1, 4, 'unreadable']]);
  });

  it('that an eviction meets is not lost a second time', async () => {
    await damage(1);
    await journal.confirmLost('b1', [1, 2]);
    expect(await journal.evict('b1', [blockKey('b1', 1), blockKey('b1', 3)], 4)).toBe(2);
    expect(lost()).toEqual([
      [1, 2, 'unreadable'],
      [3, 4, 'journal-full'],
    ]);
    expect(losses.map(({ from, to, reason }) => [from, to, reason])).toEqual(lost());
  });
});

it('an eviction that fails leaves delivered what was delivered, and loses nothing', async () => {
  await journal.deliver('b1', [
    [1, 1],
    [4, 5],
  ]);
  const mend = refuseWrites();
  await expect(journal.evict('b1', [blockKey('b1', 1)], 5)).rejects.toThrow('no space');
  mend();
  expect(delivered()).toEqual([
    [1, 1],
    [4, 5],
  ]);
  expect(journal.sensor('b1')).toMatchObject({ evicted: 0, lost: [] });
  expect(losses).toEqual([]);
});

it('an eviction never goes back', async () => {
  await journal.evict('b1', [], 4);
  await journal.evict('b1', [], 2);
  expect(journal.sensor('b1')?.evicted).toBe(4);
});

describe('what is read', () => {
  it('begins in the block that holds the first seq, and ends at the bytes, also exactly', async () => {
    const size = (await db.get(blockKey('b1', 1)))!.length;
    const firsts = async (from: number, to: number, bytes: number) => {
      const { blocks, behind } = await journal.read('b1', from, to, bytes);
      return [...blocks.map(({ firstSeq }) => firstSeq), behind];
    };
    expect(await firsts(2, 10, 2 * size)).toEqual([1, 3, 5]);
    expect(await firsts(2, 10, 2 * size - 1)).toEqual([1, 3]);
    expect(await firsts(3, 5, 1_000)).toEqual([3, 5, 7]);
    expect(await firsts(9, 10, 1_000)).toEqual([9, undefined]);
  });

  it('as the newest readings is as many as are asked for, across blocks, without damaged ones', async () => {
    const seqs = async (count: number) => (await journal.tail('b1', count)).map(({ seq }) => seq);
    expect(await seqs(3)).toEqual([8, 9, 10]);
    expect(await seqs(4)).toEqual([7, 8, 9, 10]);
    expect(await seqs(99)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    let read = 0;
    const iterator = db.iterator.bind(db);
    async function* counted(range: Parameters<typeof iterator>[0]) {
      for await (const entry of iterator(range)) {
        read++;
        yield entry;
      }
    }
    db.iterator = (range) => Object.assign(iterator(range), { [Symbol.asyncIterator]: () => counted(range) });
    expect(await seqs(4)).toEqual([7, 8, 9, 10]);
    expect(read).toBe(2);
  });
});
