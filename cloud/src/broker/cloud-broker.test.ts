// The embedded broker as the cloud opens it: who is let in, what is kept, what is counted.
import type { Broker } from '@wellhead/host';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cloudConfigSchema } from '../config/schema.ts';
import { openCloudMeters } from '../health/meters.ts';
import { openCloudBroker } from './cloud-broker.ts';

const address = { site: 'site-a', gateway: 'gw1' };
const config = cloudConfigSchema.parse({
  broker: { port: 0, credentials: [{ ...address, password: 'long enough' }], maxPacket: '4kB' },
}).broker;
const topic = (kind: string) => `wellhead/1/site-a/gw1/${kind}`;

let meters: ReturnType<typeof openCloudMeters>;
let broker: Broker;
let clients: MqttClient[];
beforeEach(() => {
  meters = openCloudMeters();
  clients = [];
});
afterEach(async () => {
  for (const client of clients) client.end(true);
  await broker.close();
});

async function connect(options: IClientOptions = {}): Promise<MqttClient> {
  const client = await connectAsync(`mqtt://127.0.0.1:${broker.port}`, {
    username: 'site-a/gw1',
    password: 'long enough',
    reconnectPeriod: 0,
    ...options,
  });
  client.on('error', () => undefined);
  clients.push(client);
  return client;
}

const closed = (client: MqttClient) => new Promise<void>((resolve) => client.once('close', () => resolve()));

it('acknowledges what a gateway says when it is taken', async () => {
  const taken: [string, string][] = [];
  broker = await openCloudBroker(config, meters, async (to, payload) => {
    taken.push([to, Buffer.from(payload).toString()]);
  });
  await (await connect()).publishAsync(topic('data'), 'batch', { qos: 1 });
  expect(taken).toEqual([[topic('data'), 'batch']]);
  expect(meters.value('publishes_refused_total')).toBe(0);
});

it('does not acknowledge what could not be taken', async () => {
  broker = await openCloudBroker(config, meters, () => Promise.reject(new Error('the log cannot write')));
  const client = await connect();
  const end = closed(client);
  let acknowledged = false;
  client.publish(topic('data'), 'batch', { qos: 1 }, (error) => {
    acknowledged = error == null;
  });
  await end;
  expect(acknowledged).toBe(false);
  expect(meters.value('publishes_refused_total')).toBe(0);
});

it('acknowledges at once, and hands on, where the bridge is a process of its own', async () => {
  broker = await openCloudBroker({ ...config, credentials: undefined }, meters, undefined);
  const bridge = await connect({ username: '', password: '' });
  await bridge.subscribeAsync('wellhead/1/+/+/data', { qos: 1 });
  const heard = new Promise<string>((resolve) => bridge.once('message', (to) => resolve(to)));
  await (await connect()).publishAsync(topic('data'), 'batch', { qos: 1 });
  expect(await heard).toBe(topic('data'));
});

it('ends the connection of a gateway that speaks for another, takes nothing of it, and counts it', async () => {
  const taken: string[] = [];
  broker = await openCloudBroker(config, meters, async (to) => void taken.push(to));
  const client = await connect();
  const end = closed(client);
  client.publish('wellhead/1/site-a/gw2/data', 'x', { qos: 1 }, () => undefined);
  await end;
  expect(taken).toEqual([]);
  expect(meters.value('publishes_refused_total')).toBe(1);
});

it('lets a gateway hear what is for it, and nothing else', async () => {
  broker = await openCloudBroker(config, meters, undefined);
  const client = await connect();
  await client.subscribeAsync(topic('receipt'), { qos: 1 });
  await expect(client.subscribeAsync('wellhead/1/site-a/gw2/receipt')).rejects.toThrow();
});

it('keeps the last status and ledger for those who come later, and no other message', async () => {
  broker = await openCloudBroker({ ...config, credentials: undefined }, meters, undefined);
  const gateway = await connect();
  for (const kind of ['data', 'json', 'ledger', 'status'])
    await gateway.publishAsync(topic(kind), kind, { qos: 1, retain: true });
  const late = await connect({ username: '', password: '' });
  const heard: string[] = [];
  const last = new Promise<void>((resolve) => {
    late.on('message', (_, payload) => {
      heard.push(payload.toString());
      if (payload.toString() === 'end') resolve();
    });
  });
  await late.subscribeAsync('wellhead/1/+/+/+', { qos: 1 });
  await late.publishAsync('wellhead/1/site-a/gw1/reply', 'end', { qos: 1 });
  await last;
  expect(heard.sort()).toEqual(['end', 'ledger', 'status']);
});

it('keeps nothing under a topic that is none of ours', async () => {
  broker = await openCloudBroker({ ...config, credentials: undefined }, meters, undefined);
  const tool = await connect({ username: '', password: '' });
  await tool.publishAsync('elsewhere', 'x', { qos: 1, retain: true });
  const heard: string[] = [];
  tool.on('message', (_, payload) => heard.push(payload.toString()));
  await tool.subscribeAsync('elsewhere', { qos: 1 });
  const end = new Promise<void>((resolve) => tool.once('message', () => resolve()));
  await tool.publishAsync('elsewhere', 'end', { qos: 1 });
  await end;
  expect(heard).toEqual(['end']);
});

it('counts connections that it refuses, by reason', async () => {
  broker = await openCloudBroker(config, meters, undefined);
  await expect(connect({ password: 'a wrong one' })).rejects.toThrow(/not authorized/i);
  const client = await connect();
  const end = closed(client);
  client.publish(topic('data'), 'x'.repeat(5_000), { qos: 0 });
  await end;
  const text = await meters.text();
  expect(text).toContain('connections_refused_total{reason="not-authorized"} 1');
  expect(text).toContain('connections_refused_total{reason="packet-too-large"} 1');
});
