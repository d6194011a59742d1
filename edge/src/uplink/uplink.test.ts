import {
  type Batch,
  type BlockHead,
  decodeBatch,
  decodeBlock,
  type Range,
  type Receipt,
  type Row,
} from '@wellhead/protocol';
import { MemoryLevel } from 'memory-level';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { realTimers } from '../driver/timers.ts';
import { strictReports } from '../journal/journal.testing.ts';
import { type Journal, openJournal } from '../journal/journal.ts';
import { blockKey, blockKeys } from '../journal/keys.ts';
import type { Loss } from '../journal/ledger.ts';
import { packSensor } from '../journal/pack.ts';
import type { Link } from './link.ts';
import { Uplink } from './uplink.ts';

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
    measuredAt: i * 60_000,
    receivedAt: i * 60_000,
    clock: 1,
    timeFlag: 1,
    timeCause: 0,
    values: [i / 100],
    flags: [1],
    causes: [0],
  };
}

/** The far end of a link: keeps the batches it gets; gives receipts when told. */
class FarEnd implements Link {
  up = true;
  readonly batches: Batch[] = [];
  send(kind: string, payload: Uint8Array | string): boolean {
    if (kind === 'data' && this.up) this.batches.push(decodeBatch(payload as Uint8Array));
    return this.up;
  }
  async close(): Promise<void> {
    this.up = false;
  }
  seqs(): number[] {
    return this.batches.flatMap(({ blocks }) => blocks.flatMap((block) => [...decodeBlock(block).seqs]));
  }
  receiptFor(batch: Batch): Receipt {
    return {
      origin: batch.origin,
      ranges: batch.blocks.map((bytes) => {
        const { sensor, seqs } = decodeBlock(bytes);
        return [sensor, seqs[0]!, seqs.at(-1)!];
      }),
    };
  }
}

let uplink: Uplink | undefined;
afterEach(() => uplink?.close());

async function setUp(options: { resendAfterMs?: number; batches?: number } = {}) {
  const counts: Record<string, number> = {};
  const losses: Loss[] = [];
  const found: Range[] = [];
  const journal = await openJournal({
    db: new MemoryLevel<string, Uint8Array>({ valueEncoding: 'view' }),
    newOrigin: () => 'aa',
    defer: setImmediate,
    ...strictReports,
    onLost: (loss) => losses.push(loss),
    onFound: (_, range) => found.push(range),
  });
  uplink = new Uplink({
    journal,
    address: { site: 's', gateway: 'g' },
    window: { batches: options.batches ?? 4, bytes: 1_000_000 },
    resendAfterMs: options.resendAfterMs ?? 60_000,
    lingerMs: 1,
    freshForMs: 60_000,
    now: Date.now,
    timers: realTimers,
    count: (name, amount = 1) => {
      counts[name] = (counts[name] ?? 0) + amount;
    },
    onDamaged: () => undefined,
    onError: (error) => {
      throw error;
    },
  });
  journal.onAppended = (names) => uplink!.appended(names);
  return { journal, uplink, counts, losses, found };
}

async function add(journal: Journal, from: number, count: number): Promise<void> {
  for (let i = 0; i < count; i++) await journal.append({ head, row: row(from + i) });
}

const receive = (up: Uplink, receipt: Receipt) => up.receipt(Buffer.from(JSON.stringify(receipt)));

describe('uplink', () => {
  it('sends the backlog when the link comes up, and takes only receipts for delivered', async () => {
    const { journal, uplink } = await setUp();
    await add(journal, 0, 250);
    const far = new FarEnd();
    uplink.connected(far);
    await vi.waitFor(() => expect(far.seqs()).toHaveLength(250));
    expect(journal.undelivered).toBe(250);
    for (const batch of far.batches) await receive(uplink, far.receiptFor(batch));
    expect(journal.undelivered).toBe(0);
    expect(uplink.batchesUnderWay).toBe(0);
  });

  it('sends again what the cloud asks for and the journal still holds, and nothing else', async () => {
    const { journal, uplink, counts } = await setUp();
    await add(journal, 0, 100);
    const far = new FarEnd();
    uplink.connected(far);
    await vi.waitFor(() => expect(far.seqs()).toHaveLength(100));
    for (const batch of far.batches) await receive(uplink, far.receiptFor(batch));
    await journal.evict('b1', [], 20);
    await journal.db.put(blockKey('b1', 30), Buffer.from('damaged'));
    await journal.undeliver('b1', [[30, 30]]);
    await journal.confirmLost('b1', [30, 30]);
    const sentBefore = far.batches.length;
    const ask = (origin: string, from: number, to: number) =>
      uplink.request(Buffer.from(JSON.stringify({ origin, ranges: [['b1', from, to]] })));
    await ask('aa', 15, 40);
    await vi.waitFor(() => expect(journal.undelivered).toBe(19));
    await vi.waitFor(() => expect(far.batches.length).toBeGreaterThan(sentBefore));
    const again = far.batches.slice(sentBefore);
    for (const batch of again) await receive(uplink, far.receiptFor(batch));
    await vi.waitFor(() => expect(journal.undelivered).toBe(0));
    expect(counts.uplink_requests_total).toBe(1);

    const sent = far.batches.length;
    await ask('another journal', 1, 100);
    await ask('aa', 101, 200);
    await uplink.request(Buffer.from('{"origin":"aa"}'));
    expect(counts.uplink_requests_refused_total).toBe(2);
    expect(journal.undelivered).toBe(0);
    expect(far.batches).toHaveLength(sent);
  });

  it('sends of a packed block only what was not delivered', async () => {
    const { journal, uplink } = await setUp();
    await add(journal, 0, 100);
    await journal.deliver('b1', [
      [1, 60],
      [71, 100],
    ]);
    await packSensor(journal, 'b1', () => undefined);
    expect(await journal.db.keys(blockKeys('b1')).all()).toHaveLength(1);
    const far = new FarEnd();
    uplink.connected(far);
    await vi.waitFor(() => expect(far.seqs()).toHaveLength(10));
    expect([Math.min(...far.seqs()), Math.max(...far.seqs())]).toEqual([61, 70]);
    for (const batch of far.batches) await receive(uplink, far.receiptFor(batch));
    expect(journal.undelivered).toBe(0);
  });

  it('joins readings that came one by one, so that a backlog costs few bytes', async () => {
    const { journal, uplink } = await setUp();
    await add(journal, 0, 250);
    const far = new FarEnd();
    uplink.connected(far);
    await vi.waitFor(() => expect(far.seqs()).toHaveLength(250));
    expect(far.batches.flatMap(({ blocks }) => blocks).length).toBeLessThan(10);
  });

  it('sends again over a new link what had no receipt', async () => {
    const { journal, uplink } = await setUp();
    await add(journal, 0, 30);
    const first = new FarEnd();
    uplink.connected(first);
    await vi.waitFor(() => expect(first.seqs()).toHaveLength(30));
    uplink.disconnected();
    const second = new FarEnd();
    uplink.connected(second);
    await vi.waitFor(() => expect(second.seqs()).toHaveLength(30));
  });

  it('sends a batch again when its receipt does not come in time', async () => {
    const { journal, uplink, counts } = await setUp({ resendAfterMs: 40 });
    await add(journal, 0, 5);
    const far = new FarEnd();
    uplink.connected(far);
    await vi.waitFor(() => expect(far.seqs().length).toBeGreaterThanOrEqual(10));
    expect(counts.uplink_resent_batches_total).toBeGreaterThanOrEqual(1);
  });

  it('sends fresh readings while the backlog waits for receipts', async () => {
    const { journal, uplink } = await setUp({ batches: 2 });
    await add(journal, 0, 50);
    const far = new FarEnd();
    uplink.connected(far);
    await vi.waitFor(() => expect(far.batches).toHaveLength(1));
    await add(journal, 50, 1);
    await vi.waitFor(() => expect(far.seqs()).toContain(51));
    expect(far.batches).toHaveLength(2);
  });

  it('never has more batches under way than the window', async () => {
    const { journal, uplink } = await setUp({ batches: 3 });
    const far = new FarEnd();
    uplink.connected(far);
    for (let i = 0; i < 10; i++) {
      await add(journal, i, 1);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(far.batches.length).toBeLessThanOrEqual(3);
  });

  it('counts a receipt it cannot read or that is for another journal, and changes nothing', async () => {
    const { journal, uplink, counts } = await setUp();
    await add(journal, 0, 5);
    uplink.connected(new FarEnd());
    await uplink.receipt(Buffer.from('nonsense'));
    await receive(uplink, { origin: 'bb', ranges: [['b1', 1, 5]] });
    expect(counts.uplink_receipts_refused_total).toBe(2);
    expect(journal.undelivered).toBe(5);
  });

  it('goes past a damaged block, sends the rest, and calls its readings lost after a second look', async () => {
    const { journal, uplink, losses } = await setUp();
    await add(journal, 0, 3);
    const [, second] = await journal.db.keys(blockKeys('b1')).all();
    await journal.db.put(second!, Buffer.from('damaged'));
    const far = new FarEnd();
    uplink.connected(far);
    await vi.waitFor(() => expect(far.seqs().sort()).toEqual([1, 3]));
    expect(losses).toEqual([]);
    await vi.waitFor(() => expect(losses).toHaveLength(1), 5_000);
    expect(losses[0]).toMatchObject({ sensor: 'b1', from: 2, to: 2, reason: 'unreadable' });
    expect(losses[0]!.evidence).toContain(`damaged ${second}`);
    expect(journal.sensor('b1')?.lost).toEqual([[2, 2, 'unreadable']]);
    expect(journal.undelivered).toBe(2);
  });

  it('sends what could not be read at the first look and can be at the second', async () => {
    const { journal, uplink, losses } = await setUp();
    await add(journal, 0, 3);
    const [, second] = await journal.db.keys(blockKeys('b1')).all();
    const whole = (await journal.db.get(second!))!;
    await journal.db.put(second!, Buffer.from('damaged'));
    const far = new FarEnd();
    uplink.connected(far);
    await vi.waitFor(() => expect(far.seqs().sort()).toEqual([1, 3]));
    await journal.db.put(second!, whole);
    await vi.waitFor(() => expect(far.seqs().sort()).toEqual([1, 2, 3]), 5_000);
    expect(losses).toEqual([]);
  });

  it('sends what was declared lost and is there after all, once the cloud asks', async () => {
    const { journal, uplink, losses, found } = await setUp();
    await add(journal, 0, 3);
    const [, second] = await journal.db.keys(blockKeys('b1')).all();
    const whole = (await journal.db.get(second!))!;
    await journal.db.put(second!, Buffer.from('damaged'));
    await journal.confirmLost('b1', [1, 3]);
    expect(losses).toMatchObject([{ from: 2, to: 2 }]);
    await journal.db.put(second!, whole);
    const far = new FarEnd();
    uplink.connected(far);
    await vi.waitFor(() => expect(far.seqs().sort()).toEqual([1, 3]));
    await uplink.request(Buffer.from(JSON.stringify({ origin: 'aa', ranges: [['b1', 2, 2]] })));
    await vi.waitFor(() => expect(far.seqs().sort()).toEqual([1, 2, 3]));
    expect(found).toEqual([[2, 2]]);
    expect(journal.sensor('b1')?.lost).toEqual([]);
  });

  it('one unreadable block does not write off the rest of the range', async () => {
    const { journal, uplink, losses } = await setUp();
    for (let i = 0; i < 4; i++) await Promise.all([add(journal, i * 10, 1), add(journal, i * 10 + 1, 1)]);
    const keys = await journal.db.keys(blockKeys('b1')).all();
    expect(keys.map((key) => Number(key.slice(-3)))).toEqual([1, 3, 5, 7]);
    await journal.db.put(keys[0]!, Buffer.alloc(200_000));
    const far = new FarEnd();
    uplink.connected(far);
    await vi.waitFor(() => expect(far.seqs()).toEqual([3, 4, 5, 6, 7, 8]));
    await vi.waitFor(() => expect(losses).toMatchObject([{ from: 1, to: 2 }]), 5_000);
  });
});
