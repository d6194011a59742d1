// The bridge at a broker of somebody else's: what it asks of the broker, and what it tells.
import type { Ledger, Status } from '@wellhead/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gateways, publishers, TestLink } from './broker-link.testing.ts';
import { watchGateways } from './broker-link.ts';
import { ScriptedBroker } from './scripted-broker.testing.ts';

let the: TestLink;
beforeEach(async () => {
  the = await TestLink.begin();
});
afterEach(() => the.close());

describe('connecting', () => {
  it('asks for a session that outlives a restart, on two connections with what each takes', async () => {
    the.open({ username: 'bridge', password: 'secret' });
    const up = await the.broker.subscribed(gateways);
    expect(up.topics).toEqual(['data', 'status', 'ledger'].map((kind) => `wellhead/1/+/+/${kind}`));
    expect((await the.broker.subscribed(publishers)).topics).toEqual(['wellhead/1/+/+/json']);
    expect(up.session.connect).toMatchObject({
      clean: false,
      protocolVersion: 5,
      username: 'bridge',
      properties: { sessionExpiryInterval: 3_600, receiveMaximum: 7 },
    });
    expect(up.session.connect.password!.toString()).toBe('secret');
    const subscribe = up.session.packets.find(({ cmd }) => cmd === 'subscribe');
    expect(subscribe).toMatchObject({ subscriptions: [{ qos: 1 }, { qos: 1 }, { qos: 1 }] });
    await the.isUp();
    expect(the.told).toEqual([[true, '']]);
  });

  it('shares the messages with the others of its group', async () => {
    the.open({ group: 'bridges' });
    expect((await the.broker.subscribed(publishers)).topics).toEqual(['$share/bridges/wellhead/1/+/+/json']);
  });

  it('speaks MQTT 3.1.1 where it is told to, without what only 5 knows', async () => {
    the.open({ mqttVersion: 4 });
    const { connect } = (await the.broker.subscribed(gateways)).session;
    expect(connect).toMatchObject({ protocolVersion: 4, clean: false });
    expect(connect.properties).toBe(undefined);
    expect('username' in connect || 'password' in connect).toBe(false);
  });

  it('subscribes anew at each connection, for the broker may have lost its sessions', async () => {
    the.open();
    (await the.broker.subscribed(gateways)).session.drop();
    await the.broker.until(() => the.told.length >= 2);
    expect(the.told.at(-1)).toEqual([false, 'the connection was closed']);
    expect((await the.broker.subscribed(gateways, 2)).topics).toHaveLength(3);
    await the.isUp();
  });

  it.each([4, 5] as const)(
    'over MQTT %d says that the broker refused the subscription',
    async (mqttVersion) => {
      the.broker.grant = mqttVersion === 5 ? 135 : 128;
      the.open({ mqttVersion });
      await the.broker.until(() => the.told.some(([up]) => !up));
      expect(the.told.find(([up]) => !up)).toEqual([false, 'the broker refused the subscription']);
    },
  );

  it('says why the broker is not reached', async () => {
    const { url } = the.broker;
    await the.broker.close();
    the.open({ url });
    await the.broker.until(() => the.told.some(([, why]) => why.includes('ECONNREFUSED')));
    expect(the.told.every(([up]) => !up)).toBe(true);
    the.broker = await ScriptedBroker.open();
  });
});

describe('receipts', () => {
  it('are published with QoS 1 while the broker is there', async () => {
    const { publish: say } = the.open();
    await the.isUp();
    say('wellhead/1/a/g/receipt', '{}');
    const session = the.broker.session(gateways)!;
    const packet = await the.broker.until(() => session.packets.find(({ cmd }) => cmd === 'publish'));
    expect(packet).toMatchObject({ topic: 'wellhead/1/a/g/receipt', qos: 1, payload: Buffer.from('{}') });
    expect(the.counted).toEqual({});
  });

  it('are left out and counted while it is away, and not sent later', async () => {
    const { publish: say } = the.open();
    await the.isUp();
    (await the.broker.subscribed(gateways)).session.drop();
    await the.broker.until(() => the.told.length >= 2);
    say('wellhead/1/a/g/receipt', '{}');
    expect(the.counted).toEqual({ receipts_left_out_total: 1 });
    await the.broker.subscribed(gateways, 2);
    await the.isUp();
    say('wellhead/1/a/h/receipt', '{}');
    const session = the.broker.session(gateways)!;
    const packet = await the.broker.until(() => session.packets.find(({ cmd }) => cmd === 'publish'));
    expect(packet).toMatchObject({ topic: 'wellhead/1/a/h/receipt' });
  });
});

it('closes both connections, once, whatever the broker has not acknowledged', async () => {
  the.broker.acknowledges = false;
  const opened = the.open();
  const sessions = [await the.broker.subscribed(gateways), await the.broker.subscribed(publishers)];
  await the.isUp();
  opened.publish('wellhead/1/a/g/receipt', '{}');
  await the.broker.until(() => sessions[0]!.session.packets.some(({ cmd }) => cmd === 'publish'));
  expect(opened.close()).toBe(opened.close());
  await opened.close();
  await the.broker.until(() => sessions.every(({ session }) => session.isClosed));
  expect(the.broker.sessions).toHaveLength(2);
});

describe('watching gateways', () => {
  const status: Status = { state: 'online', at: '2026-01-01T00:00:00.000Z' };
  const ledger: Ledger = { origin: 'aa', at: '2026-01-01T00:00:00.000Z', sensors: [] };

  it('hears their last status and ledger, and nothing else', async () => {
    const heard: unknown[] = [];
    const watch = watchGateways({
      url: the.broker.url,
      name: 'api-1',
      mqttVersion: 5,
      username: 'api',
      note: async (address, said) => {
        heard.push([address.gateway, said]);
        the.broker.changed();
      },
    });
    const { session, topics } = await the.broker.subscribed('api-1-watch');
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
    await the.broker.until(() => heard.length === 2);
    expect(heard).toEqual([
      ['g1', { status }],
      ['g2', { ledger }],
    ]);
    await watch.close();
    await the.broker.until(() => session.isClosed);
    expect(the.broker.sessions).toHaveLength(1);
  });
});

it('a broker that lets nobody in is asked again by each connection', async () => {
  the.broker.letsIn = false;
  the.open();
  const watch = watchGateways({
    url: the.broker.url,
    name: 'api-1',
    mqttVersion: 5,
    note: async () => undefined,
  });
  const attempts = (clientId: string) =>
    the.broker.sessions.filter(({ connect }) => connect.clientId === clientId).length;
  await the.broker.until(() => [gateways, publishers, 'api-1-watch'].every((name) => attempts(name) >= 2));
  expect(the.told.some(([, why]) => why.includes('Not authorized'))).toBe(true);
  the.broker.letsIn = true;
  await the.broker.subscribed('api-1-watch', attempts('api-1-watch') + 1);
  await the.isUp();
  await watch.close();
});
