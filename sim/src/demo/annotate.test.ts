import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { annotate } from './annotate.ts';

const startAt = Date.UTC(2026, 0, 1);

/** Answers with one status after another, and keeps what was asked. */
async function serve(statuses: number[]) {
  const asked: unknown[] = [];
  const server = createServer(async (request, response) => {
    asked.push(JSON.parse(await text(request)));
    response.writeHead(statuses.shift() ?? 500).end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { address, asked, close: () => server.close() };
}

it('the annotation of the demo is written once, as soon as the cloud knows the sensor', async () => {
  const { address, asked, close } = await serve([404, 201]);
  expect(await annotate({ address, startAt }, new AbortController().signal)).toBe(true);
  expect(asked).toHaveLength(2);
  expect(asked[1]).toMatchObject({
    site: 'demo',
    sensor: 'borehole-1',
    from: '2026-02-19T04:00:00.000Z',
    to: '2026-02-19T10:00:00.000Z',
  });
  close();
});

it('a cloud that is not there, or a demo that ends, leaves it out', async () => {
  const away = { address: 'http://127.0.0.1:9', startAt, tries: 1 };
  expect(await annotate(away, new AbortController().signal)).toBe(false);
  expect(await annotate(away, AbortSignal.abort())).toBe(false);
});
