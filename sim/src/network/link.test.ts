import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bufferBytes } from './direction.ts';
import { type Link, openLink } from './link.ts';

let target: Server;
let accepted: Socket[];
let link: Link;

beforeEach(async () => {
  accepted = [];
  target = createServer({ allowHalfOpen: true }, (socket) => {
    accepted.push(socket);
    socket.on('error', () => socket.destroy());
  });
  target.listen(0, '127.0.0.1');
  await once(target, 'listening');
  link = await openLink({ listenPort: 0, targetPort: (target.address() as AddressInfo).port });
});

afterEach(async () => {
  await link.close();
  for (const socket of accepted) socket.destroy();
  target.close();
});

async function call(): Promise<{ near: Socket; far: Socket }> {
  const before = accepted.length;
  const near = connect({ port: link.port, host: '127.0.0.1', allowHalfOpen: true });
  near.on('error', () => near.destroy());
  await once(near, 'connect');
  while (accepted.length === before) await turn();
  return { near, far: accepted[before]! };
}

/** `once` of node:events would take the reset before it for a failure. */
function closeOf(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()));
}

async function receive(socket: Socket, bytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  const got = (chunk: Buffer) => {
    chunks.push(chunk);
    length += chunk.length;
  };
  socket.on('data', got);
  while (length < bytes) await once(socket, 'data');
  socket.off('data', got);
  return Buffer.concat(chunks);
}

test('carries bytes both ways unchanged, and counts them', async () => {
  const { near, far } = await call();
  const sent = Buffer.alloc(1_000_000, 'abcdefg');
  near.write(sent);
  expect((await receive(far, sent.length)).equals(sent)).toBe(true);
  far.write('answer');
  expect((await receive(near, 6)).toString()).toBe('answer');
  expect(link.stats).toMatchObject({ bytesUp: 1_000_000, bytesDown: 6, connections: 1, openConnections: 1 });
});

test('passes on that one end has said all, and the other still answers', async () => {
  const { near, far } = await call();
  near.end('question');
  far.resume();
  await once(far, 'end');
  far.end('late answer');
  expect((await receive(near, 11)).toString()).toBe('late answer');
  await once(near, 'close');
});

test('a cut resets connections at both ends and keeps new ones out until it is mended', async () => {
  const { near, far } = await call();
  const gone = Promise.all([closeOf(near), closeOf(far)]);
  link.cut();
  await gone;
  const refused = connect(link.port, '127.0.0.1');
  refused.on('error', () => refused.destroy());
  await closeOf(refused);
  expect(accepted).toHaveLength(1);
  link.restore();
  const again = await call();
  again.near.write('back');
  expect((await receive(again.far, 4)).toString()).toBe('back');
  expect(link.stats).toMatchObject({ connections: 2, openConnections: 1 });
});

test('a stall lets nothing through, closes nothing, and loses nothing', async () => {
  const { near, far } = await call();
  near.write('a');
  await receive(far, 1);
  link.stall();
  let arrived = 0;
  far.on('data', (chunk: Buffer) => {
    arrived += chunk.length;
  });
  near.write('bcd');
  const later = await call();
  later.near.write('new');
  for (let i = 0; i < 100; i++) await turn();
  expect(arrived).toBe(0);
  expect([near.destroyed, far.destroyed, later.near.destroyed]).toEqual([false, false, false]);
  link.restore();
  while (arrived < 3) await turn();
  expect((await receive(later.far, 3)).toString()).toBe('new');
});

test('a receiver that does not read makes the sender wait: buffers are bounded', async () => {
  link.stall();
  const { near } = await call();
  const chunk = Buffer.alloc(65_536);
  let written = 0;
  for (let quiet = 0; quiet < 200; ) {
    if (near.writableNeedDrain) {
      quiet++;
      await turn();
    } else {
      quiet = 0;
      near.write(chunk);
      written += chunk.length;
    }
    // Kernel buffers of both ends come on top of the link's own.
    expect(written).toBeLessThan(bufferBytes + 32 * 1024 * 1024);
  }
  expect(link.stats.bytesUp).toBe(0);
});

test('latency delays each byte, and can change under way', async () => {
  const { near, far } = await call();
  link.setLatency(60);
  const before = performance.now();
  near.write('x');
  await receive(far, 1);
  expect(performance.now() - before).toBeGreaterThanOrEqual(59);
  link.setLatency(1e6);
  near.write('y');
  const arrival = receive(far, 1);
  link.setLatency(0);
  expect((await arrival).toString()).toBe('y');
});

test('the rate is a capacity that all connections share', async () => {
  const calls = [await call(), await call()];
  link.setRate(100_000);
  const before = performance.now();
  await Promise.all(
    calls.map(async ({ near, far }) => {
      near.write(Buffer.alloc(10_000));
      await receive(far, 10_000);
    }),
  );
  const seconds = (performance.now() - before) / 1000;
  expect(20_000 / seconds).toBeLessThan(101_000);
  expect(20_000 / seconds).toBeGreaterThan(40_000);
  link.setRate(Number.POSITIVE_INFINITY);
});

test('impossible settings and a taken port are refused', async () => {
  expect(() => link.setRate(0)).toThrow(RangeError);
  expect(() => link.setLatency(-1)).toThrow(RangeError);
  await expect(openLink({ listenPort: link.port, targetPort: 1 })).rejects.toMatchObject({
    code: 'PORT_TAKEN',
  });
});

test('closing twice is closing once, also in a stall', async () => {
  const { near } = await call();
  link.stall();
  near.write('x');
  await Promise.all([link.close(), link.close()]);
});
