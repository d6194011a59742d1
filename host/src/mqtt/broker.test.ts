// The guarded broker over real sockets: what a peer gets to see, byte by byte where it matters.
import { once } from 'node:events';
import { connect as connectSocket, createServer, type Socket } from 'node:net';
import { connectAsync } from 'mqtt';
import { generate, type Packet, parser } from 'mqtt-packet';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Broker, type BrokerOptions, openBroker, type Peer } from './broker.ts';

let broker: Broker | undefined;
let refused: string[];
let onRefused: () => void;
let sockets: Socket[];
beforeEach(() => {
  refused = [];
  onRefused = () => undefined;
  sockets = [];
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await broker?.close();
  broker = undefined;
});

async function open(options: Partial<BrokerOptions> = {}): Promise<Broker> {
  broker = await openBroker({
    host: '127.0.0.1',
    port: 0,
    maxPacketBytes: 64 * 1024,
    maxConnections: 100,
    connectTimeoutMs: 5_000,
    authenticate: () => true,
    maySubscribe: () => true,
    mayRetain: () => true,
    accept: () => undefined,
    onRefused: (reason) => {
      refused.push(reason);
      onRefused();
    },
    ...options,
  });
  return broker;
}

/** A peer that writes and reads raw packets. */
class RawPeer {
  readonly packets: Packet[] = [];
  readonly socket: Socket;
  readonly closed: Promise<unknown>;
  #onPacket: () => void = () => undefined;

  constructor(port: number) {
    this.socket = connectSocket(port, '127.0.0.1');
    sockets.push(this.socket);
    this.socket.on('error', () => undefined);
    this.closed = new Promise<void>((resolve) => this.socket.once('close', () => resolve()));
    const reader = parser();
    reader.on('packet', (packet) => {
      this.packets.push(packet);
      this.#onPacket();
    });
    this.socket.on('data', (chunk) => reader.parse(chunk));
    void this.closed.then(() => this.#onPacket());
  }

  send(...packets: Packet[]): void {
    this.socket.write(Buffer.concat(packets.map((packet) => generate(packet))));
  }

  async next(cmd: Packet['cmd']): Promise<Packet> {
    for (;;) {
      const found = this.packets.findIndex((packet) => packet.cmd === cmd);
      if (found >= 0) return this.packets.splice(found, 1)[0]!;
      if (this.socket.closed) throw new Error(`closed before ${cmd}`);
      await new Promise<void>((resolve) => {
        this.#onPacket = resolve;
      });
    }
  }

  async login(clientId = 'peer', more: object = {}): Promise<Packet> {
    this.send({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clean: true,
      clientId,
      keepalive: 0,
      ...more,
    });
    return this.next('connack');
  }

  publish(topic: string, payload: string, messageId?: number): void {
    const qos = messageId === undefined ? 0 : 1;
    this.send({
      cmd: 'publish',
      topic,
      payload,
      qos,
      retain: false,
      dup: false,
      ...(messageId === undefined ? {} : { messageId }),
    });
  }

  /** Resolves when the broker has dealt with everything before: it answers pings in order. */
  async settled(): Promise<void> {
    this.send({ cmd: 'pingreq' });
    await this.next('pingresp');
  }
}

async function peer(): Promise<RawPeer> {
  return new RawPeer((broker ?? (await open())).port);
}

function gate(): { promise: Promise<void>; open: () => void; fail: (error: Error) => void } {
  let pass: () => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const promise = new Promise<void>((resolve, reject) => {
    pass = resolve;
    fail = reject;
  });
  return { promise, open: pass, fail };
}

describe('acknowledging', () => {
  it('sends the PUBACK only when the message is accepted', async () => {
    const kept = gate();
    const called = gate();
    await open({
      accept: () => {
        called.open();
        return kept.promise;
      },
    });
    const raw = await peer();
    await raw.login();
    raw.publish('t', 'x', 7);
    await called.promise;
    await raw.settled();
    expect(raw.packets).toEqual([]);
    kept.open();
    expect(await raw.next('puback')).toMatchObject({ messageId: 7 });
  });

  it('acknowledges each message by itself, in whatever order they are accepted', async () => {
    const gates = new Map<string, ReturnType<typeof gate>>();
    await open({
      accept: (_, topic) => {
        const kept = gate();
        gates.set(topic, kept);
        return kept.promise;
      },
    });
    const raw = await peer();
    await raw.login();
    for (let i = 1; i <= 3; i++) raw.publish(`t${i}`, 'x', i);
    await raw.settled();
    expect([...gates.keys()]).toEqual(['t1', 't2', 't3']);
    gates.get('t2')!.open();
    expect(await raw.next('puback')).toMatchObject({ messageId: 2 });
    gates.get('t1')!.open();
    gates.get('t3')!.open();
    expect(await raw.next('puback')).toMatchObject({ messageId: 1 });
    expect(await raw.next('puback')).toMatchObject({ messageId: 3 });
  });

  it('closes the connection without a PUBACK when the message is not accepted', async () => {
    await open({ accept: () => Promise.reject(new Error('the disk is full')) });
    const raw = await peer();
    await raw.login();
    raw.publish('t', 'x', 7);
    await raw.closed;
    expect(raw.packets).toEqual([]);
    expect(refused).toEqual([]);
  });

  it('does not acknowledge what is accepted after its connection has ended', async () => {
    const kept = gate();
    await open({ accept: () => kept.promise });
    const raw = await peer();
    await raw.login();
    raw.publish('t', 'x', 7);
    await raw.settled();
    raw.socket.destroy();
    await raw.closed;
    kept.open();
    const other = await peer();
    await other.login('other');
    other.publish('t', 'x', 8);
    expect(await other.next('puback')).toMatchObject({ messageId: 8 });
  });

  it('acknowledges at once what is no concern', async () => {
    const raw = await peer();
    await raw.login();
    raw.publish('t', 'x', 9);
    expect(await raw.next('puback')).toMatchObject({ messageId: 9 });
  });

  it('hands over who published what', async () => {
    const seen: [Peer, string, string][] = [];
    await open({
      accept: async (who, topic, payload) => {
        seen.push([who, topic, Buffer.from(payload).toString()]);
      },
    });
    const named = await peer();
    await named.login('client-1', { username: 'site/gw', password: Buffer.from('secret') });
    named.publish('a', 'one', 1);
    await named.next('puback');
    const nameless = await peer();
    await nameless.login('client-2');
    nameless.publish('b', '', 1);
    await nameless.next('puback');
    expect(seen).toEqual([
      [{ username: 'site/gw', clientId: 'client-1' }, 'a', 'one'],
      [{ username: '', clientId: 'client-2' }, 'b', ''],
    ]);
  });
});

describe('the size of packets', () => {
  /** A fixed header that declares `length`, and nothing of the packet itself. */
  function header(type: number, length: number): Buffer {
    const bytes = [type << 4];
    let rest = length;
    do {
      bytes.push((rest % 128) | (rest >= 128 ? 0x80 : 0));
      rest = Math.floor(rest / 128);
    } while (rest > 0);
    return Buffer.from(bytes);
  }

  it('is limited to 16 kB before a peer is let in, by its declared length alone', async () => {
    const raw = await peer();
    raw.socket.write(header(1, 16 * 1024 + 1));
    await raw.closed;
    expect(refused).toEqual(['packet-too-large']);
  });

  it('may be 16 kB before a peer is let in', async () => {
    const raw = await peer();
    const connack = await raw.login('peer', { username: 'u', password: Buffer.alloc(16_000) });
    expect(connack).toMatchObject({ returnCode: 0 });
  });

  it('is limited to the configured size afterwards, by its declared length alone', async () => {
    await open({ maxPacketBytes: 100_000 });
    const raw = await peer();
    await raw.login();
    raw.publish('t', 'x'.repeat(99_000), 1);
    await raw.next('puback');
    raw.socket.write(header(3, 100_001));
    await raw.closed;
    expect(refused).toEqual(['packet-too-large']);
  });

  it('is refused although a good packet stands before it in the same chunk', async () => {
    const taken: string[] = [];
    await open({
      accept: async (_, topic) => {
        taken.push(topic);
      },
    });
    const raw = await peer();
    await raw.login();
    raw.socket.write(
      Buffer.concat([
        generate({
          cmd: 'publish',
          topic: 't',
          payload: 'x',
          qos: 1,
          messageId: 1,
          retain: false,
          dup: false,
        }),
        header(3, 200_000_000),
      ]),
    );
    await raw.closed;
    expect(refused).toEqual(['packet-too-large']);
    expect(raw.packets).toEqual([]);
  });
});

describe('connections', () => {
  it('are refused beyond their number, and counted', async () => {
    await open({ maxConnections: 2 });
    const first = await peer();
    await first.login('a');
    const second = await peer();
    await second.login('b');
    expect(broker!.connected).toBe(2);
    const third = await peer();
    await third.closed;
    expect(refused).toEqual(['too-many-connections']);
    first.socket.destroy();
    await first.closed;
    let fourth = await peer();
    // The broker may hear of the end of the first one later than we do.
    while (
      await Promise.race([fourth.login('d').then(() => false), fourth.closed.then(() => true)]).catch(
        () => true,
      )
    ) {
      fourth = await peer();
    }
    expect(broker!.connected).toBe(2);
  });

  it('that say nothing are closed in time', async () => {
    await open({ connectTimeoutMs: 50 });
    const raw = await peer();
    await raw.closed;
    expect(raw.packets).toEqual([]);
  });

  it('that speak something else are closed, and counted', async () => {
    const raw = await peer();
    raw.socket.write('GET / HTTP/1.1\r\nhost: wellhead\r\n\r\n');
    await raw.closed;
    expect(refused.length).toBeGreaterThan(0);
  });

  it('that break the protocol after they were let in are closed, and counted', async () => {
    const raw = await peer();
    await raw.login();
    // A second CONNECT, MQTT 3.1.1, 3.1.0-2.
    raw.send({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: true, clientId: 'peer' });
    await raw.closed;
    expect(refused).toEqual(['protocol-error']);
  });

  it('with a wrong password get the answer 5 and are closed, counted once', async () => {
    await open({
      authenticate: (username, password, clientId) =>
        username === 'u' && password === 'right' && clientId === 'c',
    });
    const raw = await peer();
    expect(await raw.login('c', { username: 'u', password: Buffer.from('wrong') })).toMatchObject({
      returnCode: 5,
    });
    await raw.closed;
    expect(refused).toEqual(['not-authorized']);
    const good = await peer();
    expect(await good.login('c', { username: 'u', password: Buffer.from('right') })).toMatchObject({
      returnCode: 0,
    });
  });
});

describe('subscriptions', () => {
  it('are granted or refused one by one, and get what they were granted', async () => {
    const asked: [Peer, string][] = [];
    await open({
      maySubscribe: (who, topic) => {
        asked.push([who, topic]);
        return topic === 'mine';
      },
    });
    const raw = await peer();
    await raw.login('c', { username: 'u' });
    raw.send({
      cmd: 'subscribe',
      messageId: 1,
      subscriptions: [
        { topic: 'mine', qos: 1 },
        { topic: '#', qos: 1 },
      ],
    });
    expect(await raw.next('suback')).toMatchObject({ granted: [1, 128] });
    expect(asked).toEqual([
      [{ username: 'u', clientId: 'c' }, 'mine'],
      [{ username: 'u', clientId: 'c' }, '#'],
    ]);
    broker!.publish('other', 'hidden', { qos: 1 });
    broker!.publish('mine', 'seen', { qos: 1 });
    expect(await raw.next('publish')).toMatchObject({
      topic: 'mine',
      payload: Buffer.from('seen'),
      dup: false,
    });
  });

  it('hear nothing that was said before and not retained', async () => {
    await open();
    broker!.publish('state', 'before');
    broker!.publish('other', 'kept', { retain: true });
    const raw = await peer();
    await raw.login();
    raw.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: '+', qos: 0 }] });
    expect(await raw.next('publish')).toMatchObject({ topic: 'other' });
    await raw.settled();
    expect(raw.packets.filter(({ cmd }) => cmd === 'publish')).toEqual([]);
  });

  it('hear what the broker retained', async () => {
    await open();
    broker!.publish('state', 'up', { retain: true });
    const raw = await peer();
    await raw.login();
    raw.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'state', qos: 0 }] });
    expect(await raw.next('publish')).toMatchObject({
      topic: 'state',
      retain: true,
      payload: Buffer.from('up'),
    });
  });
});

describe('opening and closing', () => {
  it('says that the port is taken', async () => {
    const other = createServer();
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    await expect(open({ port })).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      message: expect.stringContaining(String(port)),
    });
    // Nothing of it keeps the program alive.
    expect(timers()).toBe(before);
    other.close();
  });

  it('ends every connection, also half-made ones and those with a message under way', async () => {
    await open({ accept: () => new Promise<void>(() => undefined) });
    const silent = await peer();
    await once(silent.socket, 'connect');
    const busy = await peer();
    await busy.login();
    busy.publish('t', 'x', 1);
    await busy.settled();
    await Promise.all([broker!.close(), broker!.close()]);
    await Promise.all([silent.closed, busy.closed]);
    expect(busy.packets).toEqual([]);
    const late = await peer();
    await late.closed;
  });
});

it('keeps a retained message only where it may, and no session of a client that is gone', async () => {
  const { port } = await open({ mayRetain: (topic) => topic === 'status' });
  const url = `mqtt://127.0.0.1:${port}`;
  const options = { clientId: 'away', clean: false, reconnectPeriod: 0 };
  const first = await connectAsync(url, options);
  await first.subscribeAsync('news', { qos: 1 });
  await first.endAsync();
  const publisher = await connectAsync(url);
  for (const topic of ['status', 'anything'])
    await publisher.publishAsync(topic, 'kept', { qos: 1, retain: true });
  await publisher.publishAsync('news', 'while away', { qos: 1 });
  const second = await connectAsync(url, options);
  const heard: string[] = [];
  second.on('message', (topic) => heard.push(topic));
  await second.subscribeAsync(['status', 'anything', 'end'], { qos: 1 });
  await publisher.publishAsync('end', '', { qos: 1 });
  await vi.waitFor(() => expect(heard).toContain('end'));
  expect(heard).toEqual(['status', 'end']);
  await Promise.all([publisher.endAsync(), second.endAsync()]);
});
