import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { openLink } from '../network/link.ts';
import { payloadOf, type SensorReading } from '../sensor-reading.ts';
import { type KillableBroker, startBroker } from './killable-broker.testing.ts';
import { publishReadings } from './publisher.ts';

const readingOf = (index: number): SensorReading => ({
  measuredAt: index * 3_600_000,
  values: { sec: index },
});
const readings = (count: number) => Array.from({ length: count }, (_, index) => readingOf(index));
const indexOf = (payload: string): number => (JSON.parse(payload) as { sec: number }).sec;

let broker: KillableBroker | undefined;
afterEach(() => broker?.kill());

test('publishes every reading once, in order, as its JSON payload', async () => {
  broker = await startBroker();
  const acknowledged: SensorReading[] = [];
  const summary = await publishReadings(readings(500), {
    brokerUrl: broker.url,
    sensor: 'bh1',
    onAcknowledged: (reading) => acknowledged.push(reading),
  });
  expect(summary).toMatchObject({
    outcome: 'finished',
    published: 500,
    acknowledged: 500,
    repeated: 0,
    connections: 1,
  });
  expect(broker.received).toEqual(readings(500).map(payloadOf));
  expect(acknowledged).toEqual(readings(500));
});

test('never has more than the window in flight, nor reads ahead of it', async () => {
  let held: (() => void)[] = [];
  const acknowledgements = () => new Promise<boolean>((resolve) => held.push(() => resolve(true)));
  broker = await startBroker(acknowledgements);
  let taken = 0;
  function* source() {
    for (; taken < 50; ) yield readingOf(taken++);
  }
  const publishing = publishReadings(source(), { brokerUrl: broker.url, sensor: 'bh1', window: 7 });
  for (let released = 0; released < 50; ) {
    while (held.length < Math.min(7, 50 - released)) await turn();
    expect(taken).toBeLessThanOrEqual(released + 7);
    expect(broker.received.length).toBeLessThanOrEqual(released + 7);
    const due = held;
    held = [];
    released += due.length;
    for (const release of due) release();
  }
  expect(await publishing).toMatchObject({ outcome: 'finished', acknowledged: 50 });
});

test('after the broker was killed again and again nothing acknowledged is missing and nothing is skipped', async () => {
  const killAt = new Set([120, 300, 301, 900]);
  const restarted: Promise<void>[] = [];
  broker = await startBroker((_payload, total) => {
    if (!killAt.has(total)) return true;
    restarted.push(broker!.restart());
    return false;
  });
  const acknowledged: number[] = [];
  const summary = await publishReadings(readings(1000), {
    brokerUrl: broker.url,
    sensor: 'bh1',
    window: 50,
    onAcknowledged: (reading) => acknowledged.push(reading.values.sec as number),
  });
  await Promise.all(restarted);
  expect(summary).toMatchObject({
    outcome: 'finished',
    published: 1000,
    acknowledged: 1000,
    unacknowledged: [],
  });
  expect(summary.connections).toBeGreaterThan(2);
  expect(summary.repeated).toBeGreaterThan(0);
  expect([...acknowledged].sort((a, b) => a - b)).toEqual(readings(1000).map((_, index) => index));
  const firstArrivals = [...new Set(broker.received.map(indexOf))];
  expect(firstArrivals).toEqual(readings(1000).map((_, index) => index));
});

test('readings that come during an outage go after the unacknowledged ones', async () => {
  broker = await startBroker((payload) => indexOf(payload) < 5 || broker!.connects > 1);
  const link = await openLink({ listenPort: 0, targetPort: broker.port });
  let acknowledged = 0;
  async function* source() {
    for (let index = 0; index < 10; index++) yield readingOf(index);
    while (broker!.received.length < 10 || acknowledged < 5) await turn();
    link.cut();
    for (let index = 10; index < 20; index++) yield readingOf(index);
    link.restore();
  }
  const summary = await publishReadings(source(), {
    brokerUrl: `mqtt://127.0.0.1:${link.port}`,
    sensor: 'bh1',
    onAcknowledged: () => {
      acknowledged++;
    },
  });
  await link.close();
  expect(summary).toMatchObject({ outcome: 'finished', acknowledged: 20, connections: 2 });
  expect(summary.repeated).toBeGreaterThanOrEqual(5);
  expect(broker.received.slice(10).map(indexOf)).toEqual(Array.from({ length: 15 }, (_, i) => i + 5));
});

test('a broker that is started late is waited for', async () => {
  broker = await startBroker();
  await broker.kill();
  const link: boolean[] = [];
  const summary = await publishReadings(readings(3), {
    brokerUrl: broker.url,
    sensor: 'bh1',
    onLink: ({ isUp }) => {
      if (!isUp && link.length === 0) void broker!.start();
      link.push(isUp);
    },
  });
  expect(summary).toMatchObject({ outcome: 'finished', acknowledged: 3 });
  expect(link[0]).toBe(false);
});

test('gives up after the time without a broker, and names what is not acknowledged', async () => {
  broker = await startBroker();
  await broker.kill();
  const summary = await publishReadings(readings(30), {
    brokerUrl: broker.url,
    sensor: 'bh1',
    window: 10,
    unreachableAfterMs: 200,
  });
  expect(summary).toMatchObject({ outcome: 'unreachable', published: 0, acknowledged: 0 });
  expect(summary.lastReason).toContain('ECONNREFUSED');
  expect(summary.unacknowledged).toEqual(readings(10));
});

test('gives up on a broker that takes connections and never an acknowledgement', async () => {
  let restarting: Promise<void> | undefined;
  broker = await startBroker(() => {
    restarting = broker!.restart();
    return false;
  });
  const summary = await publishReadings(readings(3), {
    brokerUrl: broker.url,
    sensor: 'bh1',
    unreachableAfterMs: 400,
  });
  await restarting;
  expect(summary).toMatchObject({ outcome: 'unreachable', acknowledged: 0 });
  expect(summary.connections).toBeGreaterThan(0);
});

test('stops at once when called off, even while the source waits', async () => {
  broker = await startBroker();
  const abort = new AbortController();
  async function* source() {
    yield readingOf(0);
    await new Promise((resolve) => abort.signal.addEventListener('abort', resolve));
  }
  const summary = await publishReadings(source(), {
    brokerUrl: broker.url,
    sensor: 'bh1',
    signal: abort.signal,
    onAcknowledged: () => abort.abort(),
  });
  expect(summary).toMatchObject({ outcome: 'stopped', acknowledged: 1 });
});

test('a source that fails is thrown after what it gave is acknowledged', async () => {
  broker = await startBroker();
  let acknowledged = 0;
  async function* source() {
    yield* readings(5);
    throw new Error('disk gone');
  }
  const publishing = publishReadings(source(), {
    brokerUrl: broker.url,
    sensor: 'bh1',
    onAcknowledged: () => {
      acknowledged++;
    },
  });
  await expect(publishing).rejects.toThrow('disk gone');
  expect(acknowledged).toBe(5);
});
