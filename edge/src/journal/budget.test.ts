// The budget at its limits: the room that the journal takes is said to the byte.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { memory } from '../parts.testing.ts';
import { Housekeeping } from './housekeeping.ts';
import { strictReports } from './journal.testing.ts';
import { type Journal, openJournal } from './journal.ts';
import { blockKeys } from './keys.ts';
import { addBlock, headOf } from './readings.testing.ts';

const budgetBytes = 1_000_000;

let size: number;
let journal: Journal;
let house: Housekeeping;
let evicted: number;
let errors: unknown[];
beforeEach(async () => {
  size = 0;
  evicted = 0;
  errors = [];
  journal = await openJournal({
    ...strictReports,
    db: memory(),
    newOrigin: () => 'aa',
    defer: setImmediate,
    onLost: () => undefined,
  });
});
afterEach(() => house?.close());

function keepHouse(whenFull: 'refuse' | 'drop-oldest'): Housekeeping {
  house = new Housekeeping({
    journal,
    journalBytes: () => size,
    budgetBytes,
    whenFull,
    everyMs: 3_600_000,
    count: (_, amount) => {
      evicted += amount;
    },
    onDamaged: () => undefined,
    onError: (error) => errors.push(error),
  });
  return house;
}

const setSize = (bytes: number) => {
  size = bytes;
};
const blocks = async (sensor = 'b1') => (await journal.db.keys(blockKeys(sensor)).all()).length;

async function add(count: number, sensor = 'b1'): Promise<void> {
  const head = headOf(sensor);
  for (let i = 0; i < count; i++) await addBlock(journal, 1, head);
}

describe('nine tenths of the budget', () => {
  it('are left alone', async () => {
    await add(20);
    await journal.deliver('b1', [[1, 20]]);
    setSize(900_000);
    await keepHouse('refuse').run();
    expect(evicted).toBe(0);
    expect(await blocks()).toBe(1);
  });

  it('and a byte make room, down to eight tenths', async () => {
    await add(20);
    await journal.deliver('b1', [[1, 20]]);
    setSize(900_001);
    await keepHouse('refuse').run();
    expect(evicted).toBe(20);
    expect(await blocks()).toBe(0);
  });

  it('as many bytes go as are above eight tenths', async () => {
    await add(20);
    await journal.deliver('b1', [[1, 20]]);
    const all = await journal.db.iterator(blockKeys('b1')).all();
    const three = all.slice(0, 3).reduce((sum, [key, value]) => sum + key.length + value.length, 0);
    const compact = journal.compact.bind(journal);
    let compactions = 0;
    journal.compact = async () => {
      // What LevelDB gives back of its own is not taken from the readings.
      if (compactions++ === 0) setSize(800_000 + three);
      await compact();
    };
    setSize(950_000);
    await keepHouse('refuse').run();
    expect(evicted).toBe(3);
    expect(compactions).toBe(2);
  });

  it('that tidying alone brings down to eight tenths cost no reading', async () => {
    await add(20);
    await journal.deliver('b1', [[1, 20]]);
    let compactions = 0;
    journal.compact = async () => {
      compactions++;
      setSize(800_000);
    };
    setSize(950_000);
    await keepHouse('drop-oldest').run();
    expect([evicted, compactions, await blocks()]).toEqual([0, 1, 20]);
  });
});

describe('the whole budget', () => {
  it.each([
    { whenFull: 'refuse', size: budgetBytes, full: false },
    { whenFull: 'refuse', size: budgetBytes + 1, full: true },
    { whenFull: 'drop-oldest', size: budgetBytes + 1, full: false },
  ] as const)('under $whenFull with $size bytes: full is $full', async ({ whenFull, size: taken, full }) => {
    await add(1);
    setSize(taken);
    await keepHouse(whenFull).run();
    expect(house.full).toBe(full);
  });

  it('is no longer used up once there is room again', async () => {
    await add(1);
    setSize(budgetBytes + 1);
    await keepHouse('refuse').run();
    setSize(0);
    await house.run();
    expect(house.full).toBe(false);
  });

  it('under refuse is not tidied in vain while nothing is delivered at the oldest end', async () => {
    await add(3);
    await journal.deliver('b1', [[2, 3]]);
    let compactions = 0;
    journal.compact = async () => {
      compactions++;
    };
    setSize(budgetBytes + 1);
    await keepHouse('refuse').run();
    expect(compactions).toBe(0);
    await add(1, 'b2');
    await journal.deliver('b2', [[1, 1]]);
    await house.run();
    expect([compactions, evicted]).toEqual([2, 1]);
  });

  it('under drop-oldest takes delivered readings first, and undelivered ones only for what is left to free', async () => {
    await add(3);
    await add(3, 'b2');
    await journal.deliver('b2', [[1, 3]]);
    const all = await journal.db.iterator({ gte: 'b!', lt: 'b"' }).all();
    const needed = [...all.slice(3), all[0]!].reduce(
      (sum, [key, value]) => sum + key.length + value.length,
      0,
    );
    journal.compact = async () => setSize(800_000 + needed);
    setSize(budgetBytes + 1);
    await keepHouse('drop-oldest').run();
    expect([await blocks('b1'), await blocks('b2'), evicted]).toEqual([2, 0, 3]);
    expect(journal.sensor('b1')?.lost).toEqual([[1, 1, 'journal-full']]);
  });
});

describe('packing', () => {
  it('waits while readings wait for the disk', async () => {
    await add(20);
    Object.defineProperty(journal, 'pending', { get: () => 1, configurable: true });
    await keepHouse('refuse').run();
    expect(await blocks()).toBe(20);
    Object.defineProperty(journal, 'pending', { get: () => 0 });
    await house.run();
    expect(await blocks()).toBe(1);
  });

  it('takes fifty sensors a round, and the next ones in the next', async () => {
    const names = Array.from({ length: 60 }, (_, i) => `b${String(i).padStart(2, '0')}`);
    for (const name of names) await add(16, name);
    keepHouse('refuse');
    const packed = async () =>
      (await Promise.all(names.map((name) => blocks(name)))).filter((n) => n === 1).length;
    await house.run();
    expect(await packed()).toBe(50);
    await house.run();
    expect(await packed()).toBe(60);
    expect(errors).toEqual([]);
  });
});

it('a round comes every ten seconds', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    house = new Housekeeping({
      journal,
      budgetBytes,
      whenFull: 'refuse',
      journalBytes: () => {
        throw new Error('no such folder');
      },
      count: () => undefined,
      onDamaged: () => undefined,
      onError: (error) => errors.push(error),
    });
    vi.advanceTimersByTime(9_999);
    expect(errors).toHaveLength(0);
    vi.advanceTimersByTime(1);
    await house.run();
    expect(errors).toHaveLength(1);
    await house.close();
    vi.advanceTimersByTime(60_000);
    await new Promise(setImmediate);
    expect(errors).toHaveLength(1);
  } finally {
    vi.useRealTimers();
  }
});
