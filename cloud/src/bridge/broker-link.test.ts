// The bridge at a broker of somebody else's: what it asks of the broker, what it acknowledges, what it leaves out.
import type { Ledger, Status } from '@wellhead/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type BrokerLink, type BrokerLinkOptions, openBrokerLink, watchGateways } from './broker-link.ts';
import { ScriptedBroker, type Session } from './scripted-broker.testing.ts';

let broker: ScriptedBroker;
let link: BrokerLink | undefined;
let counted: Record<string, number>;
let told: [boolean, string][];
beforeEach(async () => {
  broker = await ScriptedBroker.open();
  counted = {};
  told = [];
});
afterEach(async () => {
  await link?.close();
  link = undefined;
  await broker.close();
});

function open(options: Partial<BrokerLinkOptions> = {}): BrokerLink {
  link = openBrokerLink({
    url: broker.url,
    name: 'bridge-1',
    mqttVersion: 5,
    group: undefined,
    sessionExpirySeconds: 3_600,
    receiveMaximum: 7,
    maxPendingBytes: 100,
    bridge: () => Promise.resolve(),
    count: (name, amount = 1) => {
      counted[name] = (counted[name] ?? 0) + amount;
      broker.changed();
    },
    onLink: (isUp, why) => {
      told.push([isUp, why]);
      broker.changed();
    },
    ...options,
  });
  return link;
}

const gateways = 'bridge-1-gateways';
const publishers = 'bridge-1-publishers';
const isUp = () => broker.until(() => told.at(-1)?.[0] === true);

function publish(session: Session, topic: string, payload: string, messageId = 1): void {
  session.send({ cmd: 'publish', topic, payload, qos: 1, messageId, dup: false, retain: false });
}

const acknowledged = ({ packets }: Session) =>
  packets.flatMap((packet) => (packet.cmd === 'puback' ? [packet.messageId] : []));

describe('connecting', () => {
  it('asks for a session that outlives a restart, on two connections with what each takes', async () => {
    open({ username: 'bridge', password: 'secret' });
    const up = await broker.subscribed(gateways);
    expect(up.topics).toEqual(['data', 'status', 'ledger'].map((kind) => `wellhead/1/+/+/${kind}`));
    expect((await broker.subscribed(publishers)).topics).toEqual(['wellhead/1/+/+/json']);
    expect(up.session.connect).toMatchObject({
      clean: false,
      protocolVersion: 5,
      username: 'bridge',
      properties: { sessionExpiryInterval: 3_600, receiveMaximum: 7 },
    });
    expect(up.session.connect.password!.toString()).toBe('secret');
    const subscribe = up.session.packets.find(({ cmd }) => cmd === 'subscribe');
    expect(subscribe).toMatchObject({ subscriptions: [{ qos: 1 }, { qos: 1 }, { qos: 1 }] });
    await isUp();
    expect(told).toEqual([[true, '']]);
  });

  it('shares the messages with the others of its group', async () => {
    open({ group: 'bridges' });
    expect((await broker.subscribed(publishers)).topics).toEqual(['$share/bridges/wellhead/1/+/+/json']);
  });

  it('speaks MQTT 3.1.1 where it is told to, without what only 5 knows', async () => {
    open({ mqttVersion: 4 });
    const { connect } = (await broker.subscribed(gateways)).session;
    expect(connect).toMatchObject({ protocolVersion: 4, clean: false });
    expect(connect.properties).toBe(undefined);
    expect('username' in connect || 'password' in connect).toBe(false);
  });

  it('subscribes anew at each connection, for the broker may have lost its sessions', async () => {
    open();
    (await broker.subscribed(gateways)).session.drop();
    await broker.until(() => told.length >= 2);
    expect(told.at(-1)).toEqual([false, 'the connection was closed']);
    expect((await broker.subscribed(gateways, 2)).topics).toHaveLength(3);
    await isUp();
  });

  it.each([4, 5] as const)(
    'over MQTT %d says that the broker refused the subscription',
    async (mqttVersion) => {
      broker.grant = mqttVersion === 5 ? 135 : 128;
      open({ mqttVersion });
      await broker.until(() => told.some(([up]) => !up));
      expect(told.find(([up]) => !up)).toEqual([false, 'the broker refused the subscription']);
    },
  );

  it('says why the broker is not reached', async () => {
    const { url } = broker;
    await broker.close();
    open({ url });
    await broker.until(() => told.some(([, why]) => why.includes('ECONNREFUSED')));
    expect(told.every(([up]) => !up)).toBe(true);
    broker = await ScriptedBroker.open();
  });
});

describe('what gateways send', () => {
  it('goes to the bridge as it came, and is acknowledged without waiting for it', async () => {
    const taken: [string, string][] = [];
    open({
      bridge: (topic, payload) => {
        taken.push([topic, Buffer.from(payload).toString()]);
        return new Promise(() => undefined);
      },
    });
    const { session } = await broker.subscribed(gateways);
    publish(session, 'wellhead/1/a/g/data', 'batch', 5);
    await broker.until(() => acknowledged(session).length > 0);
    expect(taken).toEqual([['wellhead/1/a/g/data', 'batch']]);
    expect(counted).toEqual({});
  });

  it('is left out beyond the bytes that may wait, and counted; what is done makes room', async () => {
    const taken: number[] = [];
    const finish: (() => void)[] = [];
    open({
      bridge: (_, payload) => {
        taken.push(payload.length);
        return new Promise((resolve) => finish.push(resolve));
      },
    });
    const { session } = await broker.subscribed(gateways);
    const topic = 'wellhead/1/a/g/data';
    publish(session, topic, 'x'.repeat(60), 1);
    publish(session, topic, 'x'.repeat(40), 2);
    publish(session, topic, 'x', 3);
    await broker.until(() => acknowledged(session).length === 3);
    expect(taken).toEqual([60, 40]);
    expect(counted).toEqual({ batches_left_out_total: 1 });
    finish[1]!();
    await new Promise((resolve) => setImmediate(resolve));
    publish(session, topic, 'x'.repeat(41), 4);
    publish(session, topic, 'x'.repeat(39), 5);
    publish(session, topic, 'xx', 6);
    await broker.until(() => acknowledged(session).length === 6);
    expect(taken).toEqual([60, 40, 39]);
    expect(counted).toEqual({ batches_left_out_total: 3 });
    for (const go of finish) go();
  });

  it('is counted when the bridge could not take it, and takes no room any longer', async () => {
    const taken: number[] = [];
    open({
      bridge: (_, { length }) => {
        taken.push(length);
        return Promise.reject(new Error('the log cannot write'));
      },
    });
    const { session } = await broker.subscribed(gateways);
    publish(session, 'wellhead/1/a/g/data', 'x'.repeat(100), 1);
    await broker.until(() => counted.batches_left_out_total === 1);
    await new Promise((resolve) => setImmediate(resolve));
    publish(session, 'wellhead/1/a/g/data', 'x'.repeat(100), 2);
    await broker.until(() => counted.batches_left_out_total === 2);
    expect(taken).toEqual([100, 100]);
  });
});

describe('readings as JSON', () => {
  const topic = 'wellhead/1/a/roof/json';

  it('are acknowledged when they are in the log, one after the other', async () => {
    const taken: string[] = [];
    const finish: (() => void)[] = [];
    open({
      bridge: (_, payload) => {
        taken.push(Buffer.from(payload).toString());
        broker.changed();
        return new Promise((resolve) => finish.push(resolve));
      },
    });
    const { session } = await broker.subscribed(publishers);
    publish(session, topic, 'first', 1);
    publish(session, topic, 'second', 2);
    await broker.until(() => taken.length > 0);
    await new Promise((resolve) => setImmediate(resolve));
    expect(taken).toEqual(['first']);
    expect(acknowledged(session)).toEqual([]);
    finish[0]!();
    await broker.until(() => taken.length > 1);
    finish[1]!();
    await broker.until(() => acknowledged(session).length === 2);
    expect(acknowledged(session)).toEqual([1, 2]);
  });

  it('are tried again while the log cannot write, after longer and longer waits', async () => {
    const at: number[] = [];
    open({
      bridge: () => {
        at.push(Date.now());
        return at.length <= 2 ? Promise.reject(new Error('the log cannot write')) : Promise.resolve();
      },
    });
    const { session } = await broker.subscribed(publishers);
    publish(session, topic, 'x', 9);
    await broker.until(() => acknowledged(session).length > 0);
    expect(acknowledged(session)).toEqual([9]);
    const [first, second] = [at[1]! - at[0]!, at[2]! - at[1]!];
    expect(first).toBeGreaterThanOrEqual(490);
    expect(first).toBeLessThan(990);
    expect(second).toBeGreaterThanOrEqual(990);
    expect(counted).toEqual({});
  });

  it('are not acknowledged when the program ends before they could be kept', async () => {
    let fail: (error: Error) => void = () => undefined;
    let tries = 0;
    const opened = open({
      bridge: () => {
        tries++;
        broker.changed();
        return new Promise((_, reject) => {
          fail = reject;
        });
      },
    });
    const { session } = await broker.subscribed(publishers);
    publish(session, topic, 'x', 9);
    await broker.until(() => tries === 1);
    const closed = opened.close();
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    fail(new Error('the log is closed'));
    await closed;
    await vi.advanceTimersByTimeAsync(60_000);
    vi.useRealTimers();
    expect(acknowledged(session)).toEqual([]);
    expect(tries).toBe(1);
  });
});

describe('receipts', () => {
  it('are published with QoS 1 while the broker is there', async () => {
    const { publish: say } = open();
    await isUp();
    say('wellhead/1/a/g/receipt', '{}');
    const session = broker.session(gateways)!;
    const packet = await broker.until(() => session.packets.find(({ cmd }) => cmd === 'publish'));
    expect(packet).toMatchObject({ topic: 'wellhead/1/a/g/receipt', qos: 1, payload: Buffer.from('{}') });
    expect(counted).toEqual({});
  });

  it('are left out and counted while it is away, and not sent later', async () => {
    const { publish: say } = open();
    await isUp();
    (await broker.subscribed(gateways)).session.drop();
    await broker.until(() => told.length >= 2);
    say('wellhead/1/a/g/receipt', '{}');
    expect(counted).toEqual({ receipts_left_out_total: 1 });
    await broker.subscribed(gateways, 2);
    await isUp();
    say('wellhead/1/a/h/receipt', '{}');
    const session = broker.session(gateways)!;
    const packet = await broker.until(() => session.packets.find(({ cmd }) => cmd === 'publish'));
    expect(packet).toMatchObject({ topic: 'wellhead/1/a/h/receipt' });
  });
});

it('closes both connections, once, whatever the broker has not acknowledged', async () => {
  broker.acknowledges = false;
  const opened = open();
  const sessions = [await broker.subscribed(gateways), await broker.subscribed(publishers)];
  await isUp();
  opened.publish('wellhead/1/a/g/receipt', '{}');
  await broker.until(() => sessions[0]!.session.packets.some(({ cmd }) => cmd === 'publish'));
  expect(opened.close()).toBe(opened.close());
  await opened.close();
  await broker.until(() => sessions.every(({ session }) => session.isClosed));
  expect(broker.sessions).toHaveLength(2);
});

describe('watching gateways', () => {
  const status: Status = { state: 'online', at: '2026-01-01T00:00:00.000Z' };
  const ledger: Ledger = { origin: 'aa', at: '2026-01-01T00:00:00.000Z', sensors: [] };

  it('hears their last status and ledger, and nothing else', async () => {
    const heard: unknown[] = [];
    const watch = watchGateways({
      url: broker.url,
      name: 'api-1',
      mqttVersion: 5,
      username: 'api',
      note: async (address, said) => {
        heard.push([address.gateway, said]);
        broker.changed();
      },
    });
    const { session, topics } = await broker.subscribed('api-1-watch');
    expect(topics).toEqual(['wellhead/1/+/+/status', 'wellhead/1/+/+/ledger']);
    expect(session.packets[0]).toMatchObject({ subscriptions: [{ qos: 1 }, { qos: 1 }] });
    expect(session.connect).toMatchObject({ clean: true, username: 'api' });
    const say = (topic: string, payload: string) =>
      session.send({ cmd: 'publish', topic, payload, qos: 0, dup: false, retain: true });
    say('wellhead/1/a/g1/status', 'no JSON');
    say('wellhead/1/a/g1/status', '{"state":"asleep"}');
    say('wellhead/1/a/g1/ledger', '[]');
    say('nonsense/a/status', JSON.stringify(status));
    say('wellhead/1/a/g1/status', JSON.stringify(status));
    say('wellhead/1/a/g2/ledger', JSON.stringify(ledger));
    await broker.until(() => heard.length === 2);
    expect(heard).toEqual([
      ['g1', { status }],
      ['g2', { ledger }],
    ]);
    await watch.close();
    await broker.until(() => session.isClosed);
    expect(broker.sessions).toHaveLength(1);
  });
});

it('a broker that lets nobody in is asked again by each connection', async () => {
  broker.letsIn = false;
  open();
  const watch = watchGateways({
    url: broker.url,
    name: 'api-1',
    mqttVersion: 5,
    note: async () => undefined,
  });
  const attempts = (clientId: string) =>
    broker.sessions.filter(({ connect }) => connect.clientId === clientId).length;
  await broker.until(() => [gateways, publishers, 'api-1-watch'].every((name) => attempts(name) >= 2));
  expect(told.some(([, why]) => why.includes('Not authorized'))).toBe(true);
  broker.letsIn = true;
  await broker.subscribed('api-1-watch', attempts('api-1-watch') + 1);
  await isUp();
  await watch.close();
});
