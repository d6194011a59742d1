// Gateway and cloud meet at a broker that is not ours; it is killed, and nothing acknowledged is lost.
import { connectAsync } from 'mqtt';
import { afterEach, describe, expect, it } from 'vitest';
import { createBorehole } from '../../sim/src/borehole/borehole.ts';
import { publishReadings } from '../../sim/src/replay/publisher.ts';
import type { SensorReading } from '../../sim/src/sensor-reading.ts';
import { freePort } from '../harness/ports.ts';
import { getJson, makeFolder, type Program, startProgram, until } from '../harness/program.ts';
import { compareSensor } from '../outage/compare.ts';
import { startHivemq } from './hivemq.ts';
import { startMosquitto } from './mosquitto.ts';

interface RealBroker {
  readonly port: number;
  /** kill -9, and start again on the same port with the same data. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

const brokers: readonly { name: string; kills: number; start: () => Promise<RealBroker | undefined> }[] = [
  { name: 'Mosquitto', kills: 5, start: () => startMosquitto({ persistent: true }) },
  { name: 'HiveMQ CE', kills: 1, start: startHivemq },
];

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

describe.each(brokers)('over $name', ({ name, kills, start }) => {
  it('readings arrive once and unchanged while the broker is killed, and JSON is acknowledged when it is logged', async ({
    skip,
  }) => {
    const broker = await start();
    if (broker === undefined) return skip(`${name} cannot be had here`);
    closers.push(() => broker.close());
    const folder = makeFolder('foreign');
    closers.push(() => folder.remove());
    const [httpPort, sensorPort, healthPort] = await Promise.all([freePort(), freePort(), freePort()]);
    const url = `mqtt://127.0.0.1:${broker.port}`;
    const cloud: Program = await startProgram('cloud', folder.path, {
      roles: ['bridge', 'indexer', 'api'],
      data: './cloud',
      bridge: { url, name: 'bridge-1' },
      http: { port: httpPort },
      store: { linger: '20ms' },
    });
    closers.push(() => cloud.kill());
    const gateway = await startProgram('edge', folder.path, {
      site: 'lancashire',
      gateway: 'gw1',
      data: './edge',
      uplink: {
        url,
        mqttVersion: 5,
        retry: { first: '100ms', max: '1s' },
        resendAfter: '2s',
        linger: '10ms',
      },
      broker: { port: sensorPort },
      health: { port: healthPort },
      sensors: [{ id: 'b1', type: 'groundwater' }],
    });
    closers.push(() => gateway.kill());

    const published = new Map<number, SensorReading>();
    const acknowledged = new Set<number>();
    const over = new AbortController();
    async function* source(): AsyncGenerator<SensorReading> {
      const borehole = createBorehole({ seed: 5, startAt: Date.UTC(2010, 0, 1) });
      for (const { measuredAt, values, index } of borehole.readings()) {
        if (over.signal.aborted) return;
        const reading = { measuredAt, values: { ...values } };
        published.set(measuredAt, reading);
        yield reading;
        if (index % 20 === 19) await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }
    const run = publishReadings(source(), {
      brokerUrl: `mqtt://127.0.0.1:${sensorPort}`,
      sensor: 'b1',
      window: 100,
      onAcknowledged: ({ measuredAt }) => acknowledged.add(measuredAt),
    });
    for (let kill = 0; kill < kills; kill++) {
      const before = acknowledged.size;
      await until('readings between the kills', () => acknowledged.size > before + 500);
      await broker.restart();
    }
    over.abort();
    expect((await run).outcome).toBe('finished');
    const apiUrl = `http://127.0.0.1:${httpPort}`;
    await until(
      'everything to be delivered and stored',
      async () => {
        const { undelivered, link } = await getJson<{ undelivered: number; link: string }>(
          `http://127.0.0.1:${healthPort}/health`,
        );
        const { log } = await getJson<{ log: { lag: number } }>(`${apiUrl}/health`);
        return link === 'up' && undelivered === 0 && log.lag === 0;
      },
      120_000,
    );
    const comparison = await compareSensor(apiUrl, 'b1', published, acknowledged);
    expect(comparison.examples).toEqual([]);
    expect(comparison).toMatchObject({ lost: 0, doubled: 0, changed: 0, invented: 0, exportDiffers: 0 });

    const maker = await connectAsync(url, { protocolVersion: 5 });
    closers.push(() => maker.endAsync(true).then(() => undefined));
    const measuredAt = '2020-01-01T00:00:00Z';
    await maker.publishAsync(
      'wellhead/1/lancashire/roof/json',
      JSON.stringify({ sensor: 'roof', type: 'weather', measuredAt, values: { air_temperature: 3.4 } }),
      { qos: 1 },
    );
    await until('the JSON reading to be stored', async () => {
      const { readings } = await getJson<{ readings: unknown[] }>(
        `${apiUrl}/api/v1/latest?site=lancashire&sensor=roof`,
      );
      return readings.length === 1;
    });
    const { sensors } = await getJson<{ sensors: { sensor: string; title: string; gateway: string }[] }>(
      `${apiUrl}/api/v1/sensors`,
    );
    expect(sensors.map(({ sensor }) => sensor).sort()).toEqual(['b1', 'roof']);
  });
});
