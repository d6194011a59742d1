// The gateway's broker as sensors meet it: who is let in, when they are answered, what is counted.
import type { Broker } from '@wellhead/host';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { edgeConfigSchema } from '../config/schema.ts';
import type { MqttDriver } from '../driver/mqtt/mqtt.ts';
import { type GatewayMeters, openGatewayMeters } from '../health/meters.ts';
import { openLocalBroker } from './local-broker.ts';

let meters: GatewayMeters;
let broker: Broker;
let clients: MqttClient[];
beforeEach(() => {
  meters = openGatewayMeters();
  clients = [];
});
afterEach(async () => {
  vi.restoreAllMocks();
  for (const client of clients) client.end(true);
  await broker.close();
});

async function open(driver: MqttDriver, more: object = {}): Promise<void> {
  const config = edgeConfigSchema.parse({
    site: 'site-a',
    gateway: 'gw1',
    data: './data',
    uplink: { url: 'mqtt://127.0.0.1' },
    broker: { port: 0, maxPacket: '4kB', ...more },
    sensors: [{ id: 'b1', type: 'groundwater' }],
  });
  broker = await openLocalBroker(config.broker, driver, meters);
}

async function connect(options: IClientOptions = {}): Promise<MqttClient> {
  const client = await connectAsync(`mqtt://127.0.0.1:${broker.port}`, { reconnectPeriod: 0, ...options });
  client.on('error', () => undefined);
  clients.push(client);
  return client;
}
const closed = (client: MqttClient) => new Promise<void>((resolve) => client.once('close', () => resolve()));
const observed = async () => /intake_seconds_count (\d+)/.exec(await meters.text())?.[1];

it('lets everybody in where no users are named', async () => {
  await open(async () => undefined);
  expect((await connect()).connected).toBe(true);
  expect((await connect({ username: 'who', password: 'ever' })).connected).toBe(true);
});

it('lets in only those who are named, with their passwords, and counts the others', async () => {
  await open(async () => undefined, { users: [{ username: 'sonde', password: 'long enough' }] });
  expect((await connect({ username: 'sonde', password: 'long enough' })).connected).toBe(true);
  await expect(connect({ username: 'sonde', password: 'a wrong one' })).rejects.toThrow(/not authorized/i);
  await expect(connect({ username: 'other', password: 'long enough' })).rejects.toThrow(/not authorized/i);
  await expect(connect()).rejects.toThrow(/not authorized/i);
  expect(await meters.text()).toContain('connections_refused_total{reason="not-authorized"} 3');
});

it('answers a reading when it is kept, and counts how long that took, in seconds', async () => {
  const times = [1_000, 1_250];
  await open(() => Promise.resolve());
  const client = await connect();
  vi.spyOn(performance, 'now').mockImplementation(() => times.shift() ?? 2_000);
  await client.publishAsync('sensors/b1', '{}', { qos: 1 });
  expect(await meters.text()).toContain('wellhead_edge_intake_seconds_sum 0.25\n');
  expect(await observed()).toBe('1');
});

it('does not answer a reading that could not be kept: it is counted and the connection ends', async () => {
  await open(() => Promise.reject(new Error('the disk is full')));
  const client = await connect();
  const end = closed(client);
  let isAnswered = false;
  client.publish('sensors/b1', '{}', { qos: 1 }, (error) => {
    isAnswered = error == null;
  });
  await end;
  expect(isAnswered).toBe(false);
  expect(meters.value('readings_refused_total')).toBe(1);
  expect(await observed()).toBe('0');
});

it('answers at once what is no reading of ours', async () => {
  await open(() => undefined);
  await (await connect()).publishAsync('elsewhere', 'x', { qos: 1 });
  expect(await observed()).toBe('0');
});

it('lets sensors hear each other, and keeps nothing for those who come later', async () => {
  await open(async () => undefined);
  const [speaker, listener] = [await connect(), await connect()];
  await speaker.publishAsync('pump/state', 'before', { qos: 1, retain: true });
  const heard = new Promise<string>((resolve) =>
    listener.once('message', (_, payload) => resolve(payload.toString())),
  );
  await listener.subscribeAsync('pump/state', { qos: 1 });
  await speaker.publishAsync('pump/state', 'after', { qos: 1 });
  expect(await heard).toBe('after');
});
