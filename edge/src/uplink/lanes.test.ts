// Fresh readings first, the backlog with what room is left: with more waiting than the window takes.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { headOf, row } from '../journal/readings.testing.ts';
import { freshLimit } from './plan.ts';
import { FarEnd, lingerMs, openRig, type Rig } from './uplink-rig.testing.ts';

/** As much as is sent at once at first: a batch holds one such reading. */
const batchful = 16 * 1024;

let rig: Rig;
afterEach(() => {
  rig.uplink.close();
  vi.useRealTimers();
});

describe('a backlog larger than the window', () => {
  it('leaves one place, which fresh readings take', async () => {
    rig = await openRig();
    await rig.add('b1', 6, batchful);
    await rig.connect();
    expect(rig.far.got).toEqual(['b1:1', 'b1:2', 'b1:3']);
    await rig.add('b1', 1, batchful);
    await rig.pass(lingerMs);
    expect(rig.far.got.slice(3)).toEqual(['b1:7']);
    expect(rig.uplink.batchesUnderWay).toBe(4);
  });

  it('waits behind all that is fresh', async () => {
    rig = await openRig();
    await rig.add('b1', 6, batchful);
    await rig.connect();
    await rig.add('b1', 3, batchful);
    await rig.pass(lingerMs);
    expect(rig.far.got.slice(3)).toEqual(['b1:7']);
    await rig.pass(2_000);
    for (const sent of [0, 1]) await rig.receive(rig.far.batches[sent]!);
    expect(rig.far.got.slice(4)).toEqual(['b1:8', 'b1:9']);
    // One place is free now, and it is the spare one.
    await rig.receive(rig.far.batches[2]!);
    expect(rig.far.got).toHaveLength(6);
    await rig.receive(rig.far.batches[3]!);
    expect(rig.far.got.slice(6)).toEqual(['b1:4']);
  });

  it('is read sensor by sensor in turn, so that none waits for another', async () => {
    rig = await openRig({ window: { batches: 6, bytes: 10_000_000 } });
    for (const sensor of ['b1', 'b2', 'b3']) await rig.add(sensor, 3, batchful);
    await rig.connect();
    expect(rig.far.got).toEqual(['b1:1', 'b2:1', 'b3:1', 'b1:2', 'b2:2']);
  });

  it('keeps its turn while fresh readings take theirs', async () => {
    rig = await openRig();
    for (const sensor of ['b1', 'b2']) await rig.add(sensor, 4, batchful);
    await rig.connect();
    expect(rig.far.got).toEqual(['b1:1', 'b2:1', 'b1:2']);
    for (const sensor of ['b2', 'b1']) await rig.add(sensor, 2, batchful);
    for (let sent = 0; sent < 7; sent++) {
      await rig.pass(2_000);
      await rig.receive(rig.far.batches[sent]!);
    }
    expect(rig.far.got.slice(3)).toEqual(['b1:5', 'b2:5', 'b1:6', 'b2:6', 'b2:2', 'b1:3', 'b2:3']);
  });

  it('is everything that was kept before the link came up, also when it comes up again', async () => {
    rig = await openRig();
    await rig.connect();
    await rig.add('b1', 6, batchful);
    rig.uplink.disconnected();
    const second = new FarEnd();
    await rig.connect(second);
    expect(second.got).toEqual(['b1:1', 'b1:2', 'b1:3']);
  });
});

describe('fresh readings', () => {
  it('wait a little for company, the first of them the longest', async () => {
    rig = await openRig();
    await rig.connect();
    await rig.add('b1', 1);
    await rig.pass(lingerMs - 50);
    await rig.add('b1', 1);
    expect(rig.far.got).toEqual([]);
    await rig.pass(50);
    expect(rig.far.got).toEqual(['b1:1-2']);
    await rig.add('b1', 1);
    await rig.pass(lingerMs - 50);
    expect(rig.far.got).toHaveLength(1);
    await rig.pass(50);
    expect(rig.far.got.slice(1)).toEqual(['b1:3']);
  });

  it('wait for nothing while there is no link', async () => {
    rig = await openRig();
    const timers = vi.getTimerCount();
    await rig.add('b1', 1);
    expect(vi.getTimerCount()).toBe(timers);
  });

  it('of a sensor that was not there before are fresh too', async () => {
    rig = await openRig();
    await rig.add('b1', 6, batchful);
    await rig.connect();
    await rig.add('b2', 1, batchful);
    await rig.pass(lingerMs);
    expect(rig.far.got.slice(3)).toEqual(['b2:1']);
  });

  it.each([
    { waiting: freshLimit, taken: 4 },
    { waiting: freshLimit + 1, taken: 3 },
  ])(
    'are a backlog themselves when more than the limit wait: of $waiting, $taken batches go',
    async ({ waiting, taken }) => {
      rig = await openRig();
      await rig.add('b1', 1);
      await rig.connect();
      await rig.receive(rig.far.batches[0]!);
      const head = headOf('b1');
      // Numbers without a pattern, so that they fill more batches than the window takes.
      let noise = 1;
      const values = Array.from({ length: waiting }, () => {
        noise = (noise * 48_271) % 2_147_483_647;
        return noise / 1_000;
      });
      await Promise.all(values.map((value, i) => rig.journal.append({ head, row: row(value, i) })));
      await rig.pass(lingerMs);
      expect(rig.far.got.slice(1)).toHaveLength(taken);
    },
  );
});

describe('a batch', () => {
  it('is live when the newest of its readings is, whichever sensor it is of', async () => {
    rig = await openRig({ now: () => 100_000, freshForMs: 60_000 });
    const add = (sensor: string, measuredAt: number) =>
      rig.journal.append({ head: headOf(sensor), row: row(1, measuredAt) });
    await add('b1', 40_000);
    await add('b2', 39_999);
    await rig.connect();
    await add('b1', 39_999);
    await add('b2', 10);
    await rig.pass(lingerMs);
    expect(rig.far.batches.map(({ lane }) => lane)).toEqual(['live', 'historical']);
  });

  it('holds no more than its bytes, but at least one block', async () => {
    rig = await openRig();
    await rig.add('b1', 1, 3 * batchful);
    await rig.add('b1', 3, batchful / 4);
    await rig.add('b2', 3, batchful / 4);
    await rig.connect();
    expect(rig.far.got).toEqual(['b1:1', 'b2:1-3 b1:2', 'b1:3-4']);
  });
});

it('everything that is sent is counted', async () => {
  rig = await openRig();
  await rig.add('b1', 3);
  await rig.add('b2', 2);
  let bytes = 0;
  const far = new FarEnd();
  const send = far.send.bind(far);
  far.send = (kind, payload) => {
    bytes += payload.length;
    return send(kind, payload);
  };
  await rig.connect(far);
  expect(bytes).toBeGreaterThan(0);
  expect(rig.counts).toEqual({
    uplink_batches_total: 1,
    uplink_bytes_total: bytes,
    uplink_readings_total: 5,
  });
  await rig.receive(far.batches[0]!);
  expect(rig.counts.uplink_receipts_total).toBe(1);
});
