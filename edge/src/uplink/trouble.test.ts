// The uplink when the journal, the link or the cloud does what it should not.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { blockKey } from '../journal/keys.ts';
import { FarEnd, lingerMs, openRig, quiet, type Rig } from './uplink-rig.testing.ts';

const retryMs = 1_000;

let rig: Rig;
afterEach(() => {
  rig.uplink.close();
  vi.useRealTimers();
});

/** Lets the next reads of the journal fail. */
function failReads(times: number): void {
  const read = rig.journal.read.bind(rig.journal);
  let left = times;
  rig.journal.read = (...args) => (left-- > 0 ? Promise.reject(new Error('IO error')) : read(...args));
}

/** Holds the next read of the journal until told. */
function holdRead(): { reading: Promise<void>; go: () => void } {
  const read = rig.journal.read.bind(rig.journal);
  let go: () => void = () => undefined;
  let begun: () => void = () => undefined;
  const reading = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  rig.journal.read = async (...args) => {
    rig.journal.read = read;
    begun();
    await gate;
    return read(...args);
  };
  return { reading, go };
}

describe('a journal that cannot be read', () => {
  it('is said, and asked again after a second until it can', async () => {
    rig = await openRig();
    await rig.add('b1', 3);
    failReads(2);
    await rig.connect();
    expect(rig.errors).toHaveLength(1);
    await rig.pass(retryMs - 50);
    expect(rig.errors).toHaveLength(1);
    await rig.pass(50);
    expect(rig.errors).toHaveLength(2);
    expect(rig.far.got).toEqual([]);
    await rig.pass(retryMs);
    expect(rig.far.got).toEqual(['b1:1-3']);
    expect(rig.errors).toEqual([new Error('IO error'), new Error('IO error')]);
  });

  it('loses nothing of a batch that was half gathered', async () => {
    rig = await openRig();
    await rig.add('b1', 2);
    await rig.add('b2', 2);
    const read = rig.journal.read.bind(rig.journal);
    rig.journal.read = (sensor, ...args) => {
      if (sensor !== 'b2') return read(sensor, ...args);
      rig.journal.read = read;
      return Promise.reject(new Error('IO error'));
    };
    await rig.connect();
    expect(rig.far.got).toEqual([]);
    await rig.pass(retryMs);
    expect(rig.far.got).toEqual(['b1:1-2 b2:1-2']);
  });

  it('is asked by one waiting try at a time, and by none once the uplink is closed', async () => {
    rig = await openRig();
    const timers = vi.getTimerCount();
    await rig.add('b1', 1);
    failReads(5);
    await rig.connect();
    await rig.connect();
    expect(rig.errors).toHaveLength(2);
    expect(vi.getTimerCount()).toBe(timers + 1);
    rig.uplink.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a link', () => {
  it('that is made again while a batch is gathered gets it, and the old one does not', async () => {
    rig = await openRig();
    await rig.add('b1', 3);
    const { reading, go } = holdRead();
    const old = new FarEnd();
    rig.uplink.connected(old);
    await reading;
    rig.uplink.disconnected();
    rig.uplink.connected(rig.far);
    go();
    await quiet();
    expect(old.got).toEqual([]);
    expect(rig.far.got).toEqual(['b1:1-3']);
    expect(rig.uplink.batchesUnderWay).toBe(1);
  });

  it('that is lost while a batch is gathered leaves nothing under way', async () => {
    rig = await openRig();
    await rig.add('b1', 3);
    const { reading, go } = holdRead();
    rig.uplink.connected(rig.far);
    await reading;
    rig.uplink.disconnected();
    go();
    await quiet();
    expect(rig.far.got).toEqual([]);
    expect(rig.uplink.batchesUnderWay).toBe(0);
    await rig.connect();
    expect(rig.far.got).toEqual(['b1:1-3']);
  });

  it('that takes nothing costs no reading and is not asked in a circle', async () => {
    rig = await openRig();
    await rig.add('b1', 3);
    rig.far.up = false;
    await rig.connect();
    expect(rig.uplink.batchesUnderWay).toBe(0);
    expect(rig.counts).toEqual({});
    rig.far.up = true;
    await rig.add('b1', 1);
    await rig.pass(lingerMs);
    // The fresh one goes first, as ever.
    expect(rig.far.got).toEqual(['b1:4', 'b1:1-3']);
  });

  it('gets nothing once the uplink is closed, also when a batch was being gathered', async () => {
    rig = await openRig();
    await rig.add('b1', 3);
    await rig.add('b2', 3);
    const { reading, go } = holdRead();
    rig.uplink.connected(rig.far);
    await reading;
    await rig.add('b1', 1);
    rig.uplink.close();
    go();
    await quiet();
    expect(rig.far.got).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a closed uplink', () => {
  it('has no second look waiting, and sends nothing though a link comes up', async () => {
    rig = await openRig();
    await rig.add('b1', 3);
    await rig.journal.db.put(blockKey('b1', 2), Buffer.from('damaged'));
    await rig.connect();
    rig.uplink.close();
    expect(vi.getTimerCount()).toBe(0);
    await rig.connect(new FarEnd());
    const late = new FarEnd();
    await rig.connect(late);
    expect(late.got).toEqual([]);
  });
});

describe('a wish to send that comes while a batch is gathered', () => {
  it('is kept: readings that came meanwhile go out without another sign', async () => {
    rig = await openRig();
    await rig.add('b1', 1);
    await rig.connect();
    await rig.add('b1', 1);
    const { reading, go } = holdRead();
    await rig.pass(lingerMs);
    await reading;
    await rig.add('b1', 1);
    await rig.pass(lingerMs);
    go();
    await quiet();
    expect(rig.far.got).toEqual(['b1:1', 'b1:2-3']);
  });
});

describe('a receipt', () => {
  it('beyond the last reading delivers nothing that does not exist yet', async () => {
    rig = await openRig();
    await rig.add('b1', 3);
    await rig.connect();
    await rig.receive({ origin: 'aa', ranges: [['b1', 1, 100]] });
    expect(rig.journal.undelivered).toBe(0);
    await rig.add('b1', 2);
    await rig.pass(lingerMs);
    expect(rig.far.got).toEqual(['b1:1-3', 'b1:4-5']);
  });

  it('for a sensor that the gateway does not have changes nothing', async () => {
    rig = await openRig();
    await rig.add('b1', 3);
    await rig.connect();
    await rig.receive({ origin: 'aa', ranges: [['other', 1, 3]] });
    expect(rig.journal.undelivered).toBe(3);
    expect(rig.uplink.batchesUnderWay).toBe(1);
    expect(rig.counts.uplink_receipts_total).toBe(1);
  });

  it('that comes before the link was ever up is taken too', async () => {
    rig = await openRig();
    await rig.add('b1', 3);
    await rig.receive({ origin: 'aa', ranges: [['b1', 1, 2]] });
    await rig.connect();
    expect(rig.far.got).toEqual(['b1:3']);
  });

  it('makes room for what waits, and what it delivers is not sent', async () => {
    rig = await openRig({ window: { batches: 2, bytes: 10_000_000 } });
    await rig.add('b1', 4, 16 * 1024);
    await rig.connect();
    expect(rig.far.got).toEqual(['b1:1']);
    await rig.pass(2_000);
    await rig.receive({ origin: 'aa', ranges: [['b1', 1, 2]] });
    expect(rig.far.got).toEqual(['b1:1', 'b1:3']);
  });
});

describe('a request', () => {
  it('for a sensor that the gateway does not have changes nothing', async () => {
    rig = await openRig();
    await rig.add('b1', 1);
    await rig.connect();
    await rig.ask('aa', 'other', 1, 3);
    expect(rig.far.got).toEqual(['b1:1']);
    expect(rig.errors).toEqual([]);
  });

  it('for what is under way does not send it twice', async () => {
    rig = await openRig();
    await rig.add('b1', 3);
    await rig.connect();
    await rig.ask('aa', 'b1', 1, 3);
    expect(rig.far.got).toEqual(['b1:1-3']);
  });

  it('that comes before the link was ever up is served when it is', async () => {
    rig = await openRig();
    await rig.add('b1', 3);
    await rig.journal.deliver('b1', [[1, 3]]);
    await rig.ask('aa', 'b1', 2, 2);
    await rig.connect();
    expect(rig.far.got).toEqual(['b1:2']);
  });
});

it('readings that were kept before the uplink began are sent', async () => {
  rig = await openRig();
  rig.journal.onAppended = () => undefined;
  await rig.add('b1', 3);
  await rig.connect();
  expect(rig.far.got).toEqual(['b1:1-3']);
});

describe('a block that cannot be read', () => {
  it('is not read again before its second look, though the link be made again', async () => {
    const damaged: string[] = [];
    rig = await openRig({ onDamaged: (key) => damaged.push(key) });
    await rig.add('b1', 2);
    await rig.journal.db.put(blockKey('b1', 1), Buffer.from('damaged'));
    await rig.connect();
    rig.uplink.disconnected();
    await rig.connect();
    expect(damaged).toEqual(['b1 from 1']);
    expect(rig.far.got).toEqual(['b1:2', 'b1:2']);
  });

  it('is passed over at the end, in the middle and at the start, and is not read in a circle', async () => {
    rig = await openRig();
    await rig.add('b1', 7);
    for (const seq of [1, 4, 7]) await rig.journal.db.put(blockKey('b1', seq), Buffer.from('damaged'));
    await rig.connect();
    expect(rig.far.got).toEqual(['b1:2-3 b1:5-6']);
    expect(rig.losses).toEqual([]);
    await rig.receive(rig.far.batches[0]!);
    expect(rig.far.got).toHaveLength(1);
    await rig.pass(1_000);
    expect(rig.losses.map(({ from, to }) => [from, to])).toEqual([
      [1, 1],
      [4, 4],
      [7, 7],
    ]);
    expect(rig.journal.undelivered).toBe(0);
  });
});
