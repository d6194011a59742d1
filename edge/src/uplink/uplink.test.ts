import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { blockKey, blockKeys } from '../journal/keys.ts';
import { packSensor } from '../journal/pack.ts';
import { headOf, row } from '../journal/readings.testing.ts';
import { FarEnd, lingerMs, openRig, type Rig } from './uplink-rig.testing.ts';

const recheckMs = 1_000;

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => {
  rig.uplink.close();
  vi.useRealTimers();
});

const receiveAll = async (from = 0) => {
  for (const batch of rig.far.batches.slice(from)) await rig.receive(batch);
};

describe('uplink', () => {
  it('sends the backlog when the link comes up, and takes only receipts for delivered', async () => {
    await rig.add('b1', 250);
    await rig.connect();
    expect(rig.far.got).toEqual(['b1:1-250']);
    expect(rig.journal.undelivered).toBe(250);
    await receiveAll();
    expect(rig.journal.undelivered).toBe(0);
    expect(rig.uplink.batchesUnderWay).toBe(0);
  });

  it('sends again what the cloud asks for and the journal still holds, and nothing else', async () => {
    const { journal, far } = rig;
    await rig.add('b1', 100);
    await rig.connect();
    await receiveAll();
    await journal.evict('b1', [], 20);
    await journal.db.put(blockKey('b1', 30), Buffer.from('damaged'));
    await journal.undeliver('b1', [[30, 30]]);
    await journal.confirmLost('b1', [30, 30]);
    await rig.ask('aa', 'b1', 15, 40);
    expect(far.got.slice(1)).toEqual(['b1:21-29 b1:31-40']);
    expect(journal.undelivered).toBe(19);
    await receiveAll(1);
    expect(journal.undelivered).toBe(0);
    expect(rig.counts.uplink_requests_total).toBe(1);

    await rig.ask('another journal', 'b1', 1, 100);
    await rig.ask('aa', 'b1', 101, 200);
    await rig.uplink.request(Buffer.from('{"origin":"aa"}'));
    expect(rig.counts.uplink_requests_refused_total).toBe(2);
    expect(journal.undelivered).toBe(0);
    expect(far.batches).toHaveLength(2);
  });

  it('sends of a packed block only what was not delivered', async () => {
    const { journal } = rig;
    await rig.add('b1', 100);
    await journal.deliver('b1', [
      [1, 60],
      [71, 100],
    ]);
    await packSensor(journal, 'b1', () => undefined);
    expect(await journal.db.keys(blockKeys('b1')).all()).toHaveLength(1);
    await rig.connect();
    expect(rig.far.got).toEqual(['b1:61-70']);
    await receiveAll();
    expect(journal.undelivered).toBe(0);
  });

  it('joins readings that came one by one, so that a backlog costs few bytes', async () => {
    await rig.add('b1', 250);
    await rig.connect();
    expect(rig.far.batches.map(({ blocks }) => blocks.length)).toEqual([2]);
  });

  it('sends again over a new link what had no receipt', async () => {
    await rig.add('b1', 30);
    await rig.connect(new FarEnd());
    rig.uplink.disconnected();
    await rig.connect();
    expect(rig.far.got).toEqual(['b1:1-30']);
  });

  it('never has more batches under way than the window', async () => {
    await rig.connect();
    for (let i = 0; i < 10; i++) {
      await rig.add('b1', 1);
      await rig.pass(lingerMs);
    }
    expect(rig.far.got).toEqual(['b1:1', 'b1:2', 'b1:3', 'b1:4']);
    expect(rig.uplink.batchesUnderWay).toBe(4);
    await receiveAll();
    expect(rig.far.got.slice(4)).toEqual(['b1:5-10']);
  });

  it('counts a receipt it cannot read or that is for another journal, and changes nothing', async () => {
    await rig.add('b1', 5);
    await rig.connect();
    await rig.uplink.receipt(Buffer.from('nonsense'));
    await rig.receive({ origin: 'bb', ranges: [['b1', 1, 5]] });
    expect(rig.counts.uplink_receipts_refused_total).toBe(2);
    expect(rig.counts.uplink_receipts_total).toBeUndefined();
    expect(rig.journal.undelivered).toBe(5);
  });
});

describe('a block that cannot be read', () => {
  /** Damages the block of the second of three readings; gives it back. */
  async function damageSecond(): Promise<Uint8Array> {
    await rig.add('b1', 3);
    const whole = (await rig.journal.db.get(blockKey('b1', 2)))!;
    await rig.journal.db.put(blockKey('b1', 2), Buffer.from('damaged'));
    return whole;
  }

  it('is passed by, the rest is sent, and its readings are called lost after a second look', async () => {
    const { journal, losses } = rig;
    await damageSecond();
    await rig.connect();
    expect(rig.far.got).toEqual(['b1:1 b1:3']);
    await rig.pass(recheckMs - 50);
    expect(losses).toEqual([]);
    await rig.pass(50);
    expect(losses).toMatchObject([{ sensor: 'b1', from: 2, to: 2, reason: 'unreadable' }]);
    expect(losses[0]!.evidence).toContain(`damaged ${blockKey('b1', 2)}`);
    expect(journal.sensor('b1')?.lost).toEqual([[2, 2, 'unreadable']]);
    expect(journal.undelivered).toBe(2);
  });

  it('at the first look and can be at the second is sent', async () => {
    const whole = await damageSecond();
    await rig.connect();
    await rig.journal.db.put(blockKey('b1', 2), whole);
    await rig.pass(recheckMs);
    expect(rig.far.got).toEqual(['b1:1 b1:3', 'b1:2']);
    expect(rig.losses).toEqual([]);
  });

  it('was declared lost and is there after all is sent, once the cloud asks', async () => {
    const { journal, losses, found } = rig;
    const whole = await damageSecond();
    await journal.confirmLost('b1', [1, 3]);
    expect(losses).toMatchObject([{ from: 2, to: 2 }]);
    await journal.db.put(blockKey('b1', 2), whole);
    await rig.connect();
    expect(rig.far.got).toEqual(['b1:1 b1:3']);
    await rig.ask('aa', 'b1', 2, 2);
    expect(rig.far.got.slice(1)).toEqual(['b1:2']);
    expect(found).toEqual([[2, 2]]);
    expect(journal.sensor('b1')?.lost).toEqual([]);
  });

  it('does not write off the rest of the range, however large it is', async () => {
    const { journal } = rig;
    const head = headOf('b1');
    const append = (value: number) => journal.append({ head, row: row(value, value) });
    for (let i = 0; i < 4; i++) await Promise.all([append(2 * i), append(2 * i + 1)]);
    expect(await journal.db.keys(blockKeys('b1')).all()).toEqual(
      [1, 3, 5, 7].map((seq) => blockKey('b1', seq)),
    );
    await journal.db.put(blockKey('b1', 1), Buffer.alloc(200_000));
    await rig.connect();
    expect(rig.far.got).toEqual(['b1:3-8']);
    await rig.pass(recheckMs);
    expect(rig.losses).toMatchObject([{ from: 1, to: 2 }]);
  });

  it('is not looked at again while it waits for its second look', async () => {
    await damageSecond();
    await rig.connect();
    await receiveAll();
    await rig.add('b1', 1);
    await rig.pass(lingerMs);
    expect(rig.far.got).toEqual(['b1:1 b1:3', 'b1:4']);
    rig.uplink.disconnected();
    await rig.connect();
    expect(rig.far.got.slice(2)).toEqual(['b1:4']);
  });

  it('measures how long readings waited for their receipt, by the oldest of each batch', async () => {
    await rig.add('b1', 3);
    await rig.connect();
    const [batch] = rig.far.batches;
    expect(rig.observed).toEqual([]);
    await rig.receive(batch!);
    // The rig's clock stands at 0, and its first reading was received at 1 ms.
    expect(rig.observed).toEqual([['receipt_seconds', -0.001]]);
  });
});
