import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StoredReading } from '../../store/reading-store.ts';
import { batchOf, openTestApi, type TestApi } from '../open-api.testing.ts';

let api: TestApi;
beforeEach(async () => {
  api = await openTestApi();
});
afterEach(() => api.close());

const batch = (seq: number, sensor = 'emb3', rows = 1, text = 'x') =>
  batchOf(
    { sensor, properties: ['note'] },
    Array.from({ length: rows }, (_, i) => ({ seq: seq + i, measuredAt: 1e12 + seq + i, values: [text] })),
  );

interface Event {
  readonly id: string;
  readonly event: string;
  readonly data: string;
}

async function* events(body: ReadableStream<Uint8Array>): AsyncGenerator<Event> {
  let text = '';
  for await (const chunk of body.pipeThrough(
    new TextDecoderStream() as never,
  ) as unknown as AsyncIterable<string>) {
    text += chunk;
    const parts = text.split('\n\n');
    text = parts.pop()!;
    for (const part of parts) {
      const fields = Object.fromEntries(part.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2)));
      if (fields.event !== undefined) yield fields as Event;
    }
  }
}

const watch = async (query = '', headers: Record<string, string> = {}) => {
  const before = api.live.watchers;
  const response = await fetch(`${api.url}/api/v1/live${query}`, { headers });
  await expect.poll(() => api.live.watchers).toBe(before + 1);
  return { response, next: events(response.body!) };
};

describe('the live stream', () => {
  it('says what was stored, with growing ids', async () => {
    const { response, next } = await watch('?site=lancashire&sensor=emb3');
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    expect(response.headers.get('cache-control')).toContain('no-transform');
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    await api.take(batch(1, 'emb2'));
    await api.take(batch(2));
    await api.take(batch(3));
    const first = (await next.next()).value as Event;
    const second = (await next.next()).value as Event;
    expect(first.event).toBe('readings');
    expect((JSON.parse(first.data) as StoredReading[])[0]).toMatchObject({
      sensor: 'emb3',
      seq: 2,
      values: { note: 'x' },
    });
    expect(Number(second.id)).toBeGreaterThan(Number(first.id));
    await next.return(undefined);
  });

  it('tells a client that comes back to load again', async () => {
    const { next } = await watch('', { 'last-event-id': '17' });
    expect((await next.next()).value).toMatchObject({ event: 'behind' });
    await next.return(undefined);
  });

  it('sends `behind` instead of a backlog', async () => {
    const { next } = await watch();
    const blocks = Array.from({ length: 5 }, (_, i) => batch(1 + i * 1000, `s${i}`, 500).blocks[0]!);
    api.live.stored([{ ...batch(1), blocks }]);
    expect((await next.next()).value).toMatchObject({ event: 'behind' });
    await next.return(undefined);
  });

  it('costs a bounded amount when nobody reads, and says `behind` to one who reads again', async () => {
    const socket = connect(api.port, '127.0.0.1');
    socket.pause();
    socket.write('GET /api/v1/live HTTP/1.1\r\nhost: x\r\n\r\n');
    await expect.poll(() => api.live.watchers).toBe(1);
    const text = 'y'.repeat(1000);
    for (let i = 0; i < 400; i++) {
      api.live.stored([batch(1 + i * 500, 'emb3', 500, text)]);
      if (i % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(Number(/live_sends_skipped_total (\d+)/.exec(await api.meters.text())?.[1])).toBeGreaterThan(300);
    let tail = '';
    let received = 0;
    let behinds = 0;
    socket.on('data', (chunk: Buffer) => {
      received += chunk.length;
      tail = (tail + chunk.toString('latin1')).slice(-70_000);
      behinds += tail.endsWith('again"}\n\n\r\n') ? 1 : 0;
    });
    socket.resume();
    await expect.poll(() => behinds, { timeout: 10_000 }).toBeGreaterThan(0);
    api.live.stored([batch(900_000, 'after')]);
    await expect.poll(() => tail).toContain('"sensor":"after"');
    // 200 MB were stored; what waited for this reader is all it gets, and the system's socket buffers hold a part.
    expect(received).toBeLessThan(20e6);
    socket.destroy();
    await expect.poll(() => api.live.watchers).toBe(0);
  });

  it('ends when the API closes', async () => {
    const { next } = await watch();
    await api.close();
    expect((await next.next().catch(() => ({ done: true }))).done).toBe(true);
  });

  it('is refused with advice when 500 are open', async () => {
    const sockets = Array.from({ length: 500 }, () => {
      const socket = connect(api.port, '127.0.0.1');
      socket.on('error', () => socket.destroy());
      socket.write('GET /api/v1/live HTTP/1.1\r\nhost: x\r\n\r\n');
      return socket;
    });
    await expect.poll(() => api.live.watchers, { timeout: 10_000 }).toBe(500);
    const response = await fetch(`${api.url}/api/v1/live`);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ code: 'TOO_MANY_STREAMS' });
    for (const socket of sockets) socket.destroy();
    await expect.poll(() => api.live.watchers).toBe(0);
  });
});
