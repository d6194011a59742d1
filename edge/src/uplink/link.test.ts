// The link over real sockets, to a far end whose every answer is chosen; its waits run in virtual time.
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FarBroker } from './far-broker.testing.ts';
import { type Link, type LinkOptions, openLink } from './link.ts';

const status = 'wellhead/1/s/g/status';
const receipt = 'wellhead/1/s/g/receipt';
const request = 'wellhead/1/s/g/request';

let far: FarBroker;
let link: Link | undefined;
let wills: number;
let said: string[];
let heard: (what: string) => void;
beforeEach(async () => {
  // Only the waits are virtual: sockets go on by themselves.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  far = new FarBroker();
  await far.listen();
  wills = 0;
  said = [];
  heard = () => undefined;
});
afterEach(async () => {
  await link?.close();
  link = undefined;
  await far.close();
  vi.useRealTimers();
});

function open(options: Partial<LinkOptions> = {}): Link {
  const hear = (what: string) => {
    said.push(what);
    heard(what);
  };
  link = openLink({
    url: far.url,
    address: { site: 's', gateway: 'g' },
    username: 's/g',
    password: 'secret',
    mqttVersion: 4,
    keepaliveSeconds: 77,
    retry: { firstMs: 1_000, maxMs: 3_000 },
    random: () => 0,
    will: () => `will ${++wills}`,
    onUp: () => hear('up'),
    onDown: (why) => hear(`down: ${why}`),
    onReceipt: (payload) => hear(`receipt ${payload}`),
    onRequest: (payload) => hear(`request ${payload}`),
    ...options,
  });
  return link;
}

/** Resolves with the next thing said that begins so. */
function told(beginning: string): Promise<string> {
  return new Promise((resolve) => {
    heard = (what) => {
      if (what.startsWith(beginning)) resolve(what);
    };
  });
}

async function openUp(options: Partial<LinkOptions> = {}): Promise<Link> {
  const up = told('up');
  const opened = open(options);
  await up;
  return opened;
}

describe('making a connection', () => {
  it('names the gateway and leaves a last will', async () => {
    open();
    expect(await far.next('connect')).toMatchObject({
      clientId: 's/g',
      username: 's/g',
      password: Buffer.from('secret'),
      protocolVersion: 4,
      clean: true,
      keepalive: 77,
      will: { topic: status, payload: Buffer.from('will 1'), qos: 1, retain: true },
    });
  });

  it('gives no password where none is set, and speaks MQTT 5 where asked to', async () => {
    await openUp({ password: undefined, mqttVersion: 5 });
    const { password, protocolVersion } = await far.next('connect');
    expect(password ?? undefined).toBeUndefined();
    expect(protocolVersion).toBe(5);
  });

  it('is up only when receipts and requests are subscribed to', async () => {
    delete far.answers.subscribe;
    const opened = open();
    const { messageId, subscriptions } = await far.next('subscribe');
    expect(subscriptions).toMatchObject([
      { topic: receipt, qos: 1 },
      { topic: request, qos: 1 },
    ]);
    expect(opened.up).toBe(false);
    expect(opened.send('data', 'too early')).toBe(false);
    const up = told('up');
    far.say({ cmd: 'suback', messageId: messageId!, granted: [1, 1] });
    await up;
    expect(opened.up).toBe(true);
    expect(said).toEqual(['up']);
  });

  it.each([4, 5] as const)(
    'to a broker that refuses one subscription is given up and said (MQTT %s)',
    async (mqttVersion) => {
      far.answers.subscribe = () => [1, mqttVersion === 4 ? 128 : 135];
      const down = told('down');
      const opened = open({ mqttVersion });
      expect(await down).toBe('down: the broker refused the subscription to receipts and requests');
      expect(opened.up).toBe(false);
      expect(said).toHaveLength(1);
    },
  );

  it.each([
    [4, { returnCode: 5 }],
    [5, { reasonCode: 135 }],
  ] as const)(
    'to a broker that lets nobody in is said and tried again (MQTT %s)',
    async (mqttVersion, code) => {
      far.answers.connect = false;
      const down = told('down');
      open({ mqttVersion });
      await far.next('connect');
      far.say({ cmd: 'connack', sessionPresent: false, ...code });
      expect(await down).toBe('down: Connection refused: Not authorized');
      far.answers.connect = true;
      const up = told('up');
      vi.advanceTimersByTime(1_000);
      await up;
      expect(said).toHaveLength(2);
    },
  );

  it('that breaks before the subscription is answered says that it was closed, once', async () => {
    delete far.answers.subscribe;
    open();
    await far.next('subscribe');
    const down = told('down');
    far.socket!.destroy();
    expect(await down).toBe('down: the connection was closed');
    expect(said).toHaveLength(1);
  });

  it('to a port where nobody listens says why', async () => {
    const { url } = far;
    await far.close();
    const down = told('down');
    open({ url });
    expect(await down).toContain('ECONNREFUSED');
  });

  it('is given up after 30 seconds without an answer', async () => {
    far.answers.connect = false;
    open();
    await far.next('connect');
    const down = told('down');
    vi.advanceTimersByTime(29_999);
    await new Promise(setImmediate);
    expect(said).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(await down).toContain('down: ');
  });
});

describe('a link that is up', () => {
  it('tells receipts from requests, and passes over anything else', async () => {
    await openUp();
    const last = told('request');
    far.publish('wellhead/1/s/g/other', 'no');
    far.publish(receipt, 'one');
    far.publish(request, 'two');
    await last;
    expect(said).toEqual(['up', 'receipt one', 'request two']);
  });

  it('sends with acknowledgement, and leaves a message behind only when told to', async () => {
    const opened = await openUp();
    expect(opened.send('data', Uint8Array.of(1, 2, 3))).toBe(true);
    expect(opened.send('status', 'here', { retain: true })).toBe(true);
    expect(await far.next('publish')).toMatchObject({
      topic: 'wellhead/1/s/g/data',
      payload: Buffer.of(1, 2, 3),
      qos: 1,
      retain: false,
    });
    expect(await far.next('publish')).toMatchObject({ topic: status, qos: 1, retain: true });
  });

  it('that breaks is down at once, takes nothing, and is made again with a will of its own', async () => {
    const opened = await openUp();
    await far.next('connect');
    const down = told('down');
    far.socket!.destroy();
    await down;
    expect(opened.up).toBe(false);
    expect(opened.send('data', 'lost')).toBe(false);
    vi.advanceTimersByTime(500);
    expect(await far.next('connect')).toMatchObject({ will: { payload: Buffer.from('will 2') } });
  });
});

describe('waiting for the next try', () => {
  /** Breaks the connection at its next CONNECT; resolves when the link has noticed. */
  async function fail(): Promise<void> {
    await far.next('connect');
    const down = told('down');
    far.socket!.destroy();
    await down;
  }

  /** Nothing is tried before this much time, and something is then. */
  async function waits(ms: number): Promise<void> {
    const before = wills;
    vi.advanceTimersByTime(ms - 1);
    await new Promise(setImmediate);
    expect(wills).toBe(before);
    vi.advanceTimersByTime(1);
    expect(wills).toBe(before + 1);
  }

  it('doubles with each failure up to the longest, and begins afresh once the link was up', async () => {
    far.answers.connect = false;
    open();
    for (const ms of [500, 1_000, 1_500, 1_500]) {
      await fail();
      await waits(ms);
    }
    far.answers.connect = true;
    await told('up');
    const down = told('down');
    far.socket!.destroy();
    await down;
    await waits(500);
  });

  it('ends when the link is closed', async () => {
    const opened = open();
    await fail();
    await opened.close();
    vi.advanceTimersByTime(60_000);
    expect(wills).toBe(1);
  });
});

describe('closing', () => {
  it('leaves a last status behind and waits until the broker has it', async () => {
    const opened = await openUp();
    far.answers.publish = false;
    let closed = false;
    const closing = opened.close('good bye').then(() => {
      closed = true;
    });
    const last = await far.next('publish');
    expect(last).toMatchObject({ topic: status, payload: Buffer.from('good bye'), qos: 1, retain: true });
    await new Promise(setImmediate);
    expect(closed).toBe(false);
    const gone = once(far.socket!, 'close');
    far.say({ cmd: 'puback', messageId: last.messageId!, reasonCode: 0 });
    await closing;
    await gone;
    expect(opened.up).toBe(false);
    expect(opened.send('data', 'late')).toBe(false);
    vi.advanceTimersByTime(60_000);
    expect(said).toEqual(['up']);
    expect(wills).toBe(1);
  });

  it('does not wait longer than two seconds for that', async () => {
    const opened = await openUp();
    far.answers.publish = false;
    let closed = false;
    const closing = opened.close('good bye').then(() => {
      closed = true;
    });
    await far.next('publish');
    vi.advanceTimersByTime(1_999);
    await new Promise(setImmediate);
    expect(closed).toBe(false);
    vi.advanceTimersByTime(1);
    await closing;
  });

  it('without a last status says nothing more', async () => {
    const opened = await openUp();
    const gone = once(far.socket!, 'close');
    await opened.close();
    await gone;
    far.answers.connect = false;
    // Whatever was sent before the end would have come before the end.
    const late = far.next('publish').then(() => 'a message');
    expect(await Promise.race([late, new Promise((resolve) => setImmediate(resolve, 'nothing'))])).toBe(
      'nothing',
    );
  });

  it('before the link is up ends the connection without a word', async () => {
    delete far.answers.subscribe;
    const opened = open();
    const { messageId } = await far.next('subscribe');
    const gone = once(far.socket!, 'close');
    const closing = opened.close('good bye');
    far.say({ cmd: 'suback', messageId: messageId!, granted: [1, 1] });
    await closing;
    await gone;
    expect(said).toEqual([]);
    expect(opened.up).toBe(false);
  });

  it('may be done twice', async () => {
    const opened = await openUp();
    await Promise.all([opened.close('good bye'), opened.close('again')]);
    expect(await far.next('publish')).toMatchObject({ payload: Buffer.from('good bye') });
    const second = far.next('publish').then(() => 'again');
    expect(await Promise.race([second, new Promise((resolve) => setImmediate(resolve, 'nothing'))])).toBe(
      'nothing',
    );
  });
});
