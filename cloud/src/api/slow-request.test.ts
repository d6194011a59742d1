// Clients that never finish what they began to send.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openTestApi, type TestApi } from './open-api.testing.ts';

const requestTimeoutMs = 1_000;
let api: TestApi;
let sockets: Socket[];
beforeEach(async () => {
  api = await openTestApi({ requestTimeoutMs });
  sockets = [];
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await api.close();
});

const head = (length: number) =>
  `POST /api/v1/readings HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;
const body = JSON.stringify({
  site: 'a',
  readings: [{ sensor: 'b', type: 'weather', measuredAt: '2026-01-01T00:00:00Z', values: { rain: 1 } }],
});

async function open(): Promise<Socket> {
  const socket = connect(api.port, '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

it('clients that stop within head or body, or send none, are told that they were too slow, and cut off', async () => {
  const begun = [
    'POST /api/v1/readings HTTP/1.1\r\nhost: x\r\n',
    head(100),
    head(body.length) + body.slice(0, -1),
  ];
  const answers = begun.map(async (sent) => {
    const socket = await open();
    socket.write(sent);
    return text(socket);
  });
  for (const answer of await Promise.all(answers)) {
    expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request\r\n/);
    expect(answer).toContain('connection: close');
    expect(answer).toContain('came too slowly');
  }
  expect(api.log.next).toBe(1);
  expect(api.errors).toEqual([]);
});

it('a client that sends a byte now and then is cut off too, while others are answered', async () => {
  const socket = await open();
  socket.write(head(10_000));
  const trickle = setInterval(() => socket.write(' '), 20);
  const answer = text(socket);
  const other = await fetch(`${api.url}/api/v1/readings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  expect(other.status).toBe(202);
  expect(await answer).toContain('came too slowly');
  clearInterval(trickle);
});

it('a client that is whole in time is answered, however many parts it sends', async () => {
  const socket = await open();
  socket.write(head(body.length).slice(0, 30));
  socket.write(head(body.length).slice(30));
  for (const character of body) socket.write(character);
  const [first] = (await once(socket, 'data')) as [Buffer];
  expect(first.toString()).toMatch(/^HTTP\/1.1 202 /);
});
