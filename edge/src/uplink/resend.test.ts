// What has no receipt is sent again: when, and how much at once.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FarEnd, lingerMs, openRig, type Rig } from './uplink-rig.testing.ts';

const quarter = 4 * 1024;

let rig: Rig;
afterEach(() => {
  rig.uplink.close();
  vi.useRealTimers();
});

/** Lets time pass until another batch has come; says how long that took. */
async function untilNext(atMost: number, step: number): Promise<number> {
  const before = rig.far.batches.length;
  for (let waited = step; waited <= atMost; waited += step) {
    await rig.pass(step);
    if (rig.far.batches.length > before) return waited;
  }
  return Number.POSITIVE_INFINITY;
}

describe('a batch without a receipt', () => {
  it('is sent again, each time after twice the wait, and after the first wait again once receipts come', async () => {
    rig = await openRig({ resendAfterMs: 1_000 });
    await rig.add('b1', 1);
    await rig.connect();
    // It is looked for four times in the first wait, and goes when it has waited longer.
    expect(await untilNext(10_000, 250)).toBe(1_250);
    expect(await untilNext(10_000, 250)).toBe(2_250);
    expect(await untilNext(10_000, 250)).toBe(4_250);
    expect(rig.counts.uplink_resent_batches_total).toBe(3);
    await rig.receive(rig.far.batches.at(-1)!);
    expect(await untilNext(20_000, 250)).toBe(Number.POSITIVE_INFINITY);
    await rig.add('b1', 1);
    expect(await untilNext(10_000, 50)).toBe(lingerMs);
    expect(await untilNext(10_000, 50)).toBe(1_050);
  });

  it('waits ten minutes at most', async () => {
    rig = await openRig({ resendAfterMs: 400_000 });
    await rig.add('b1', 1);
    await rig.connect();
    expect(await untilNext(2_000_000, 100_000)).toBe(500_000);
    expect(await untilNext(2_000_000, 100_000)).toBe(700_000);
    expect(await untilNext(2_000_000, 100_000)).toBe(700_000);
  });

  it('is looked for no oftener than ten times a second', async () => {
    rig = await openRig({ resendAfterMs: 60 });
    await rig.add('b1', 1);
    await rig.connect();
    expect(await untilNext(1_000, 50)).toBe(100);
  });

  it('is sent again without what a receipt named of it', async () => {
    rig = await openRig({ resendAfterMs: 1_000 });
    await rig.add('b1', 5);
    await rig.connect();
    await rig.receive({ origin: 'aa', ranges: [['b1', 2, 3]] });
    expect(rig.uplink.batchesUnderWay).toBe(1);
    await rig.pass(1_250);
    expect(rig.far.got).toEqual(['b1:1-5', 'b1:1 b1:4-5']);
  });

  it('is not sent again while others wait less long', async () => {
    rig = await openRig({ resendAfterMs: 1_000 });
    await rig.add('b1', 1);
    await rig.connect();
    await rig.pass(200);
    await rig.add('b1', 1);
    await rig.pass(lingerMs);
    await rig.pass(1_050 - lingerMs);
    expect(rig.far.got).toEqual(['b1:1', 'b1:2', 'b1:1']);
    expect(rig.uplink.batchesUnderWay).toBe(2);
  });

  it('is no longer under way when the link is down', async () => {
    rig = await openRig({ resendAfterMs: 1_000 });
    await rig.add('b1', 2);
    await rig.connect();
    expect(rig.uplink.batchesUnderWay).toBe(1);
    rig.uplink.disconnected();
    expect(rig.uplink.batchesUnderWay).toBe(0);
    await rig.pass(2_000);
    expect(rig.counts.uplink_resent_batches_total).toBeUndefined();
    const second = new FarEnd();
    await rig.connect(second);
    expect([second.got, rig.uplink.batchesUnderWay]).toEqual([['b1:1-2'], 1]);
    // A connection may be made again without a word of the last one’s end.
    const third = new FarEnd();
    await rig.connect(third);
    expect([third.got, rig.uplink.batchesUnderWay]).toEqual([['b1:1-2'], 1]);
  });
});

describe('batches', () => {
  it('grow while receipts come within a second, and stay while they take longer', async () => {
    rig = await openRig({ window: { batches: 2, bytes: 10_000_000 } });
    await rig.add('b1', 30, quarter);
    await rig.pass(7_000);
    await rig.connect();
    await rig.pass(950);
    await rig.receive(rig.far.batches[0]!);
    await rig.pass(1_000);
    await rig.receive(rig.far.batches[1]!);
    expect(rig.far.got).toEqual(['b1:1-4', 'b1:5-12', 'b1:13-20']);
  });

  it('shrink when receipts take long, and when they do not come', async () => {
    rig = await openRig({ window: { batches: 2, bytes: 10_000_000 }, resendAfterMs: 10_000 });
    await rig.add('b1', 30, quarter);
    await rig.connect();
    await rig.pass(5_050);
    await rig.receive(rig.far.batches[0]!);
    await rig.pass(12_500);
    expect(rig.far.got).toEqual(['b1:1-4', 'b1:5-6', 'b1:5']);
  });
});
