// Whatever comes in, honest readings go on: refused, counted, kept with the reason, never in the way.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { connect as connectSocket } from 'node:net';
import { join } from 'node:path';
import { type Batch, encodeBatch } from '@wellhead/protocol';
import mqtt from 'mqtt';
import mqttPacket from 'mqtt-packet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getJson, makeFolder, type Program, repository, startProgram, until } from '../harness/program.ts';

const folder = makeFolder('bad-input');
let cloud: Program;
let gateway: Program;
let sensors: mqtt.MqttClient;
let stranger: mqtt.MqttClient;

beforeAll(async () => {
  cloud = await startProgram('cloud', folder.path, {
    data: './cloud',
    broker: { port: 0 },
    http: { port: 0 },
    store: { linger: '5ms' },
  });
  gateway = await startProgram('edge', folder.path, {
    site: 'lancashire',
    gateway: 'gw1',
    data: './edge',
    uplink: { url: `mqtt://127.0.0.1:${cloud.said.broker}`, linger: '5ms' },
    broker: { port: 0 },
    health: { port: 0 },
    sensors: [{ id: 'b1', type: 'groundwater' }],
  });
  sensors = await mqtt.connectAsync(`mqtt://127.0.0.1:${gateway.said.broker}`);
  stranger = await mqtt.connectAsync(`mqtt://127.0.0.1:${cloud.said.broker}`);
});

afterAll(async () => {
  await sensors.endAsync(true);
  await stranger.endAsync(true);
  await gateway.kill();
  await cloud.kill();
  folder.remove();
});

async function counter(program: Program, port: 'health' | 'http', name: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${program.said[port]}/metrics`)).text();
  return text
    .split('\n')
    .filter((line) => line.startsWith(`wellhead_${port === 'health' ? 'edge' : 'cloud'}_${name}`))
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

let hour = 0;
/** An honest reading after each attack: acknowledged at the gateway and stored in the cloud. */
async function honestReadingArrives(): Promise<void> {
  const measuredAt = new Date(Date.UTC(2020, 0, 1, hour++)).toISOString();
  await sensors.publishAsync('sensors/b1', JSON.stringify({ measuredAt, water_level: 16.38 }), { qos: 1 });
  await until('an honest reading to be stored', async () => {
    const { readings } = await getJson<{ readings: { measuredAt: string }[] }>(
      `http://127.0.0.1:${cloud.said.http}/api/v1/latest?site=lancashire&sensor=b1`,
    ).catch(() => ({ readings: [] }));
    return readings.some((reading) => reading.measuredAt === measuredAt);
  });
}

describe('at the gateway', () => {
  it.each([
    ['a bad JSON reading', 'sensors/b1', '{"water_level": 1', 'bad-json'],
    ['a reading that is no object', 'sensors/b1', '[1,2]', 'bad-json'],
    ['an impossible time', 'sensors/b1', '{"measuredAt":"yesterday","ph":7}', 'bad-time'],
    ['no known property', 'sensors/b1', '{"colour":"blue"}', 'no-value'],
    ['an unknown sensor', 'sensors/nobody', '{"ph":7}', 'unknown-sensor'],
    ['an unknown property', 'sensors/b1/colour', 'blue', 'unknown-property'],
  ])(
    '%s is acknowledged, counted, kept as a dead letter, and stops nothing',
    async (_what, topic, payload, reason) => {
      const before = await counter(gateway, 'health', `dead_letters_total{reason="${reason}"}`);
      const { deadLetters } = await getJson<{ deadLetters: number }>(
        `http://127.0.0.1:${gateway.said.health}/health`,
      );
      await sensors.publishAsync(topic, payload, { qos: 1 });
      expect(await counter(gateway, 'health', `dead_letters_total{reason="${reason}"}`)).toBe(before + 1);
      const after = await getJson<{ deadLetters: number }>(`http://127.0.0.1:${gateway.said.health}/health`);
      expect(after.deadLetters).toBe(deadLetters + 1);
      await honestReadingArrives();
    },
  );

  it('an oversized packet is refused from its declared length, before it is sent', async () => {
    const socket = connectSocket(gateway.said.broker as number, '127.0.0.1');
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    socket.on('error', () => undefined);
    socket.write(
      mqttPacket.generate({
        cmd: 'connect',
        protocolId: 'MQTT',
        protocolVersion: 4,
        clientId: 'big',
        clean: true,
        keepalive: 0,
      }),
    );
    await new Promise((resolve) => socket.once('data', resolve));
    // PUBLISH with a declared length of 1 MiB, and not one byte of it.
    socket.write(Buffer.from([0x30, 0x80, 0x80, 0x40]));
    await closed;
    expect(await counter(gateway, 'health', 'connections_refused_total{reason="packet-too-large"}')).toBe(1);
    await honestReadingArrives();
  });
});

describe('at the cloud', () => {
  const batch: Batch = { site: 'lancashire', gateway: 'gw1', origin: 'aa', lane: 'live', blocks: [] };
  const damaged = encodeBatch(batch);
  damaged[damaged.length - 1]! ^= 1;

  it.each([
    ['a batch with a foreign site', encodeBatch({ ...batch, site: 'yorkshire' }), 'foreign-address'],
    ['a batch with a wrong checksum', damaged, 'bad-batch'],
    ['a batch of an unknown version', Buffer.from([9, 9, 9]), 'bad-batch'],
    ['an empty message', Buffer.alloc(0), 'bad-batch'],
  ])('%s is refused, counted, kept as a dead letter, and stops nothing', async (_what, payload, reason) => {
    const before = await counter(cloud, 'http', `dead_letters_total{reason="${reason}"}`);
    await stranger.publishAsync('wellhead/1/lancashire/gw1/data', Buffer.from(payload), { qos: 1 });
    expect(await counter(cloud, 'http', `dead_letters_total{reason="${reason}"}`)).toBe(before + 1);
    await honestReadingArrives();
  });

  it('a gateway that speaks under a foreign address is cut off and counted', async () => {
    const impostor = await mqtt.connectAsync(`mqtt://127.0.0.1:${cloud.said.broker}`, {
      username: 'lancashire/gw2',
      reconnectPeriod: 0,
    });
    const closed = new Promise<void>((resolve) => impostor.once('close', () => resolve()));
    impostor.publish(
      'wellhead/1/lancashire/gw1/data',
      Buffer.from(encodeBatch(batch)),
      { qos: 1 },
      () => undefined,
    );
    await closed;
    await impostor.endAsync(true);
    expect(await counter(cloud, 'http', 'publishes_refused_total')).toBe(1);
    await honestReadingArrives();
  });
});

describe('configuration', () => {
  it('lists every problem with its path and what to do, and exits 2', () => {
    const file = join(folder.path, 'bad.yaml');
    writeFileSync(
      file,
      'site: "two words"\nuplink: { url: "http://x" }\nsensors:\n  - { id: b1, type: nothing }\n  - { id: b1, type: groundwater, colour: blue }\nsurprise: 1\n',
    );
    const { status, stderr } = spawnSync(
      process.execPath,
      [join(repository, 'edge/dist/main.js'), '--config', file],
      { encoding: 'utf8' },
    );
    expect(status).toBe(2);
    for (const path of [
      'site:',
      'gateway:',
      'uplink.url:',
      'sensors.0.type:',
      'sensors.1.id:',
      'sensors.1.colour:',
      'surprise:',
    ]) {
      expect(stderr).toContain(`- ${path}`);
    }
    expect(stderr).toContain('--check');
  });

  it('says what to do about a file that is not there or is no YAML', () => {
    const missing = spawnSync(
      process.execPath,
      [join(repository, 'cloud/dist/main.js'), '--config', '/nowhere.yaml'],
      { encoding: 'utf8' },
    );
    expect(missing.status).toBe(2);
    expect(missing.stderr).toContain('CONFIG_UNREADABLE');
    const file = join(folder.path, 'no.yaml');
    writeFileSync(file, 'a: [1\nb: {');
    const broken = spawnSync(
      process.execPath,
      [join(repository, 'cloud/dist/main.js'), '--config', file, '--check'],
      { encoding: 'utf8' },
    );
    expect(broken.status).toBe(2);
    expect(broken.stderr).toContain('CONFIG_UNREADABLE');
  });
});
