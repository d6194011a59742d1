// A cloud that lost its disk and forgot what it had given receipts for: the gateway still has it, and is asked.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SensorsAnswer } from '../../cloud/src/api/answer/answers.ts';
import { publishReadings } from '../../sim/src/replay/publisher.ts';
import type { SensorReading } from '../../sim/src/sensor-reading.ts';
import { freePort } from '../harness/ports.ts';
import { getJson, makeFolder, type Program, startProgram, until } from '../harness/program.ts';

const count = 500;
const folder = makeFolder('lost-store');
let cloudPort: number;
let httpPort: number;
let sensorsPort: number;
let cloud: Program;
let gateway: Program;

const startCloud = () =>
  startProgram('cloud', folder.path, {
    data: join(folder.path, 'cloud'),
    broker: { port: cloudPort },
    http: { port: httpPort },
    store: { linger: '20ms' },
  });

beforeAll(async () => {
  [cloudPort, httpPort, sensorsPort] = await Promise.all([freePort(), freePort(), freePort()]);
  cloud = await startCloud();
  gateway = await startProgram('edge', folder.path, {
    site: 'lancashire',
    gateway: 'gw1',
    data: join(folder.path, 'edge'),
    uplink: { url: `mqtt://127.0.0.1:${cloudPort}`, retry: { first: '100ms', max: '500ms' } },
    broker: { port: sensorsPort },
    sensors: [{ id: 'b1', type: 'groundwater' }],
  });
}, 60_000);

afterAll(async () => {
  await gateway.kill();
  await cloud.kill();
  folder.remove();
});

async function publish(from: number): Promise<void> {
  async function* source(): AsyncGenerator<SensorReading> {
    for (let i = from; i < from + count; i++)
      yield { measuredAt: Date.UTC(2026, 0, 1) + i * 60_000, values: { water_level: i / 100 } };
  }
  await publishReadings(source(), { brokerUrl: `mqtt://127.0.0.1:${sensorsPort}`, sensor: 'b1' });
}

async function sensor() {
  const { sensors } = (await getJson(`http://127.0.0.1:${httpPort}/api/v1/sensors`)) as SensorsAnswer;
  return sensors.find((one) => one.sensor === 'b1');
}

const stored = async () => (await sensor())?.readings;
const missing = async () => (await sensor())?.origins[0]?.missing ?? [];

it('gets back from the gateway what it lost, once it asks', { timeout: 120_000 }, async () => {
  await publish(0);
  await until('all are stored', async () => (await stored()) === count);
  await cloud.kill();
  for (const lost of ['log', 'readings.duckdb', 'readings.duckdb.wal'])
    rmSync(join(folder.path, 'cloud', lost), { recursive: true, force: true });
  cloud = await startCloud();
  await publish(count);
  await until('all are stored', async () => (await stored()) === count);
  await until('the ledger', async () => (await missing())[0]?.state === 'on request');
  expect(await missing()).toEqual([{ from: 1, to: count, state: 'on request' }]);

  const asked = await fetch(`http://127.0.0.1:${httpPort}/api/v1/requests`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ site: 'lancashire', sensor: 'b1' }),
  });
  expect(await asked.json()).toMatchObject({ readings: count });
  await until('all came again', async () => (await stored()) === 2 * count);
  expect(await missing()).toEqual([]);
});
