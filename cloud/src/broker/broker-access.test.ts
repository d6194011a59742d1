// The rules at a real broker: what a peer is called there is what it logged in as.
import { type Broker, openBroker } from '@wellhead/host';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createAccessRules } from './access.ts';

const access = createAccessRules([
  { site: 'site-a', gateway: 'gw1', password: 'long enough' },
  { site: 'site-a', gateway: 'gw2', password: 'other words' },
]);

let broker: Broker;
let taken: string[];
let refused: string[];
let onTopic: () => void;
let clients: MqttClient[];
beforeEach(async () => {
  taken = [];
  refused = [];
  clients = [];
  onTopic = () => undefined;
  broker = await openBroker({
    host: '127.0.0.1',
    port: 0,
    maxPacketBytes: 65_536,
    maxConnections: 100,
    connectTimeoutMs: 5_000,
    authenticate: (username, password) => access.authenticate(username, password),
    maySubscribe: (peer, topic) => access.maySubscribe(peer, topic),
    accept: async (peer, topic) => {
      const may = access.mayPublish(peer, topic);
      (may ? taken : refused).push(topic);
      onTopic();
      if (!may) throw new Error('not yours');
    },
    mayRetain: () => true,
    onRefused: () => undefined,
  });
});
afterEach(async () => {
  for (const client of clients) client.end(true);
  await broker.close();
});

async function connect(username: string, password: string, more: IClientOptions = {}): Promise<MqttClient> {
  const client = await connectAsync(`mqtt://127.0.0.1:${broker.port}`, {
    username,
    password,
    reconnectPeriod: 0,
    ...more,
  });
  client.on('error', () => undefined);
  clients.push(client);
  return client;
}

it('takes what a gateway says under its own address', async () => {
  const client = await connect('site-a/gw1', 'long enough');
  await client.publishAsync('wellhead/1/site-a/gw1/data', 'x', { qos: 1 });
  expect(taken).toEqual(['wellhead/1/site-a/gw1/data']);
});

it('ends the connection of a gateway that speaks for another', async () => {
  const client = await connect('site-a/gw1', 'long enough');
  const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
  client.publish('wellhead/1/site-a/gw2/data', 'x', { qos: 1 }, () => undefined);
  await closed;
  expect(taken).toEqual([]);
});

it('gives a gateway its receipts and nobody else’s', async () => {
  const client = await connect('site-a/gw1', 'long enough');
  await client.subscribeAsync('wellhead/1/site-a/gw1/receipt', { qos: 1 });
  for (const topic of [
    'wellhead/1/site-a/gw2/receipt',
    'wellhead/1/site-a/gw1/+',
    'wellhead/#',
    '#',
    '$SYS/#',
  ]) {
    // 128 is the failure code of a SUBACK, MQTT 3.1.1, 3.9.3.
    await expect(client.subscribeAsync(topic, { qos: 1 })).rejects.toMatchObject({
      packet: { granted: [128] },
    });
  }
  const heard = new Promise<[string, string]>((resolve) =>
    client.once('message', (topic, payload) => resolve([topic, payload.toString()])),
  );
  broker.publish('wellhead/1/site-a/gw2/receipt', 'theirs', { qos: 1 });
  broker.publish('wellhead/1/site-a/gw1/receipt', 'mine', { qos: 1 });
  expect(await heard).toEqual(['wellhead/1/site-a/gw1/receipt', 'mine']);
});

it('refuses a wrong password', async () => {
  await expect(connect('site-a/gw1', 'other words')).rejects.toThrow(/not authorized/i);
});

it.each([
  ['own', 'wellhead/1/site-a/gw1/status', true],
  ['foreign', 'wellhead/1/site-a/gw2/status', false],
])('a will under an %s address is judged like any other message', async (_, topic, may) => {
  const client = await connect('site-a/gw1', 'long enough', {
    will: { topic, payload: Buffer.from('gone'), qos: 1, retain: true },
  });
  const judged = new Promise<void>((resolve) => {
    onTopic = resolve;
  });
  client.stream.destroy();
  await judged;
  expect(taken).toEqual(may ? [topic] : []);
  expect(refused).toEqual(may ? [] : [topic]);
});
