// A feed over HTTP, from real servers on this machine: what is new is taken once, and every fault has an end.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sonde } from '../../parts.testing.ts';
import type { RawReading } from '../../reading/raw-reading.ts';
import { TestHost } from '../driver-host.testing.ts';
import type { PolledDevice } from '../poll/poll.ts';
import { httpSchema } from './config.ts';
import { httpDevice } from './http-sensor.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

let servers: Server[] = [];
let host: TestHost;
let now: number;
let handler: Handler;
let url: string;
beforeEach(async () => {
  now = Date.UTC(2026, 0, 31, 12);
  host = new TestHost(() => now);
  url = await serve((request, response) => handler(request, response));
});
afterEach(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  servers = [];
});

async function serve(listener: Handler): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as { port: number }).port}/feed?key=secret`;
}

function device(more: object = {}): PolledDevice {
  const http = httpSchema.parse({ url, ...more });
  return httpDevice({ id: 'h1', type: sonde, http }, host, (path) => path);
}
/** One turn: what was measured is kept, as the poller does it. */
async function turn(asked: PolledDevice, timeoutMs = 5_000): Promise<RawReading[]> {
  const readings = [(await asked.measure(AbortSignal.timeout(timeoutMs))) ?? []].flat();
  if (readings.length > 0) await asked.kept?.();
  return readings;
}
const says =
  (body: string | Buffer, headers: Record<string, string> = {}, status = 200): Handler =>
  (_request, response) => {
    response.writeHead(status, headers).end(body);
  };
const reading = (hour: number, ...values: RawReading['values']) => ({
  sensor: 'h1',
  measuredAt: Date.UTC(2026, 0, 31, hour),
  values,
});

describe('an answer', () => {
  it.each<[string, object, string]>([
    ['JSON', {}, '{"time":"2026-01-31T12:00:00Z","level":1.5,"ph":7}'],
    [
      'JSON with paths, and a time of its own kind',
      {
        records: 'data.items',
        time: 'meta.0.at',
        values: { level: 'm[kind=level].value', ph: 'm[kind=ph].value' },
        timeFormat: 'DD.MM.YYYY HH:mm',
        zone: '+01:00',
      },
      '{"data":{"items":[{"meta":[{"at":"31.01.2026 13:00"}],"m":[{"kind":"ph","value":7},{"kind":"level","value":"1.5"}]}]}}',
    ],
    [
      'JSON in columns',
      { records: 'hourly', values: { level: 'stage', ph: 'ph' } },
      '{"hourly":{"time":["2026-01-31T12:00"],"stage":[1.5],"ph":[7]}}',
    ],
    [
      'XML',
      { format: 'xml', records: 'feed.obs', time: '@at', values: { level: 'v[@n=level]', ph: 'ph' } },
      '<?xml version="1.0"?><w:feed xmlns:w="urn:w"><w:obs at="1769860800"><w:v n="level">1.5</w:v><w:v n="x">9</w:v><ph>7</ph></w:obs></w:feed>',
    ],
    [
      'CSV by name',
      { format: 'csv', time: ['Day', 'Hour'], values: { level: 'Stage, m', ph: 'pH' }, skip: 1 },
      'station 7\nDay,Hour,"Stage, m",pH\n2026-01-31,12:00,1.5,7\n',
    ],
    [
      'CSV by number',
      { format: 'csv', time: 1, values: { level: 3, ph: 2 }, delimiter: ';', decimal: ',' },
      '2026-01-31T12:00;7;1,5\n',
    ],
  ])('in %s is read', async (_what, more, body) => {
    handler = says(body);
    expect(await turn(device(more))).toEqual([reading(12, 1.5, 7)]);
  });

  it('without a time is that of its receipt, and of several the last', async () => {
    handler = says('[{"level":1},{"level":2}]');
    expect(await turn(device())).toEqual([{ sensor: 'h1', values: [2, undefined] }]);
  });

  it('is read in the charset that it names', async () => {
    handler = says(Buffer.from('Höhe,time\n1.5,2026-01-31T12:00\n', 'latin1'), {
      'content-type': 'text/csv; charset=ISO-8859-1',
    });
    const csv = { format: 'csv', time: 'time', values: { level: 'Höhe' } };
    expect(await turn(device(csv))).toEqual([reading(12, 1.5, undefined)]);
  });
});

describe('a feed of several readings', () => {
  const item = (hour: number) => `{"time":"2026-01-31T${String(hour).padStart(2, '0')}:00Z","level":${hour}}`;
  const feed = (...hours: number[]) => says(`[${hours.map(item).join()}]`);
  const hours = (readings: RawReading[]) => readings.map(({ values }) => values[0]);

  it('gives all that are new, in their order, and none twice', async () => {
    const asked = device();
    handler = feed(1, 2, 3);
    expect(hours(await turn(asked))).toEqual([1, 2, 3]);
    handler = feed(2, 3, 4, 5);
    expect(hours(await turn(asked))).toEqual([4, 5]);
    expect(hours(await turn(asked))).toEqual([]);
  });

  it('takes one that came late into it', async () => {
    const asked = device();
    handler = feed(1, 3);
    await turn(asked);
    handler = feed(1, 2, 3);
    expect(hours(await turn(asked))).toEqual([2]);
  });

  it('is known after a restart', async () => {
    handler = feed(1, 2);
    await turn(device());
    handler = feed(1, 2, 3);
    expect(hours(await turn(device()))).toEqual([3]);
  });

  it('is not known to be taken before it is durable', async () => {
    handler = feed(1, 2);
    await device().measure(AbortSignal.timeout(5_000));
    expect(hours(await turn(device()))).toEqual([1, 2]);
  });

  it('brings its bad records to the dead letters, once, and the others to the journal', async () => {
    const asked = device();
    handler = says(`[${item(1)},{"time":"soon","level":2},{"colour":"blue"},${item(3)}]`);
    expect(hours(await turn(asked))).toEqual([1, 3]);
    expect(hours(await turn(asked))).toEqual([]);
    expect(host.refused).toMatchObject([
      { source: 'h1', reason: 'bad-time', payload: Buffer.from('{"time":"soon","level":2}') },
      { source: 'h1', reason: 'no-value' },
    ]);
  });
});

it('asks whether there is anything new, and counts when there is not', async () => {
  const asked = device();
  handler = (request, response) => {
    if (request.headers['if-none-match'] === '"7"' && request.headers['if-modified-since'] !== undefined)
      response.writeHead(304).end();
    else
      response
        .writeHead(200, { etag: '"7"', 'last-modified': 'Sat, 31 Jan 2026 12:00:00 GMT' })
        .end('{"level":1}');
  };
  expect(await turn(asked)).toHaveLength(1);
  expect(await turn(asked)).toHaveLength(0);
  expect(host.counted('answers_unchanged_total', 'h1')).toBe(1);
});

describe('credentials', () => {
  const seen: (string | undefined)[] = [];
  const note: Handler = (request, response) => {
    seen.push(request.headers.authorization);
    response.end('{"level":1}');
  };
  beforeEach(() => {
    seen.length = 0;
    handler = note;
  });

  it('are sent as they are configured, from a file too, read anew each time', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'wellhead-secret-'));
    const passwordFile = join(folder, 'secret');
    writeFileSync(passwordFile, 'pass\n');
    const asked = device({ authentication: { username: 'me', passwordFile } });
    await turn(asked);
    writeFileSync(passwordFile, 'other\n');
    await turn(asked);
    await turn(device({ authentication: { token: 't0k3n' } }));
    rmSync(folder, { recursive: true });
    expect(seen).toEqual([
      `Basic ${Buffer.from('me:pass').toString('base64')}`,
      `Basic ${Buffer.from('me:other').toString('base64')}`,
      'Bearer t0k3n',
    ]);
    await expect(turn(asked)).rejects.toThrow(/the file with the secret, .*, cannot be read/);
  });

  it('never go to another host', async () => {
    const other = await serve(note);
    handler = (_request, response) => void response.writeHead(302, { location: other }).end();
    await expect(turn(device({ authentication: { token: 't' } }))).rejects.toThrow(
      'where credentials are not sent',
    );
    await expect(turn(device({ headers: { 'x-api-key': 'k' } }))).rejects.toThrow('credentials');
    expect(seen).toEqual([]);
    expect(await turn(device())).toHaveLength(1);
  });

  it('and the query of the address are in no message', async () => {
    handler = says('', {}, 404);
    const error = await turn(device({ authentication: { token: 't0k3n' } })).catch((reason: Error) => reason);
    expect(String(error)).toBe('Error: the server answered 404');
  });
});

describe('a fault', () => {
  const rejects = (asked: PolledDevice, message: RegExp, timeoutMs?: number) =>
    expect(turn(asked, timeoutMs)).rejects.toThrow(message);

  it('of a server that never answers ends at the timeout', async () => {
    handler = () => undefined;
    await rejects(device(), /timeout|aborted/, 100);
  });

  it('of a server that drips ends at the timeout', async () => {
    handler = (_request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(' '), 10);
      response.on('close', () => clearInterval(drip));
    };
    await rejects(device(), /timeout|aborted/, 200);
  });

  it('of half a body makes no reading', async () => {
    handler = (_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"level":1}');
      setTimeout(() => response.destroy(), 50);
    };
    await rejects(device(), /broke off/);
    expect(host.refused).toEqual([]);
  });

  it.each([
    ['json', 'bad-json'],
    ['xml', 'bad-frame'],
  ])('of a page instead of %s goes to the dead letters with its type', async (format, reason) => {
    handler = says('<html><body><p>Log in</body></html>', { 'content-type': 'text/html' });
    await rejects(device({ format }), /text\/html/);
    expect(host.refused).toMatchObject([
      { source: 'h1', reason, detail: expect.stringContaining('text/html') },
    ]);
  });

  it('of XML that ends too early, or nests for ever, makes no reading', async () => {
    handler = says('<a><level>1</level>');
    await rejects(device({ format: 'xml', records: 'a' }), /unclosed/);
    handler = says('<a>'.repeat(10_000));
    await rejects(device({ format: 'xml', records: 'a' }), /nested/);
    handler = says('<!DOCTYPE a [<!ENTITY b "bbbb">]><a><level>&b;</level></a>');
    await rejects(device({ format: 'xml', records: 'a' }), /entity/);
  });

  it('of a heading without the columns says which', async () => {
    handler = says('time,colour\n2026-01-31,blue\n');
    await rejects(device({ format: 'csv', time: 'when', values: { level: 'x' } }), /no column when/);
  });

  it('that goes on is kept twenty times, and then only counted', async () => {
    const asked = device();
    handler = says('no');
    for (let i = 0; i < 25; i++) await rejects(asked, /JSON/);
    expect(host.refused).toHaveLength(20);
    expect(host.counted('lines_dropped_total', 'h1')).toBe(5);
  });

  it.each([
    ['as it is declared', says('x'.repeat(3_000))],
    [
      'as it comes',
      ((_request, response) => {
        response.write('x'.repeat(2_000));
        response.end('x'.repeat(2_000));
      }) as Handler,
    ],
    ['as it is unpacked', says(gzipSync('x'.repeat(1_000_000)), { 'content-encoding': 'gzip' })],
  ])('of a huge body is refused %s', async (_what, serves) => {
    handler = serves;
    await rejects(device({ maxBody: '2kB' }), /more than 2048 bytes/);
  });

  it.each([
    ['in circles', '/feed', /more than 5 redirects/],
    ['to a file', 'file:///etc/hostname', /file:/],
    ['to nowhere', 'http://:x', /no address/],
  ])('of redirects %s ends', async (_what, location, message) => {
    handler = says('', { location }, 302);
    await rejects(device(), message);
  });

  it('of a server that is gone ends by itself when it is back', async () => {
    const asked = device();
    const [server] = servers;
    const { port } = server!.address() as { port: number };
    await new Promise((resolve) => server!.close(resolve));
    await rejects(asked, /127\.0\.0\.1:\d+ cannot be asked: ECONNREFUSED/);
    handler = says('{"level":1}');
    await new Promise<void>((resolve) => server!.listen(port, '127.0.0.1', resolve));
    expect(await turn(asked)).toHaveLength(1);
  });
});

describe('a busy server', () => {
  let requests = 0;
  const busy =
    (status: number, headers: Record<string, string> = {}): Handler =>
    (_request, response) => {
      requests++;
      response.writeHead(status, headers).end();
    };
  beforeEach(() => {
    requests = 0;
  });
  const ask = (asked: PolledDevice) => turn(asked).catch((error: Error) => error.message);

  it('is asked less and less often, and at once again when it answers', async () => {
    const asked = device();
    handler = busy(500);
    const minutes = 60;
    for (let second = 0; second < minutes * 60; second++, now += 1_000) await ask(asked);
    expect(requests).toBeGreaterThan(5);
    expect(requests).toBeLessThan(20);
    expect(host.counted('requests_deferred_total', 'h1')).toBe(minutes * 60 - requests);
    now += 15 * 60_000;
    handler = says('{"level":1}');
    expect(await ask(asked)).toHaveLength(1);
    expect(await ask(asked)).toHaveLength(1);
  });

  it.each([
    ['seconds', '120'],
    ['a date', new Date(Date.UTC(2026, 0, 31, 12, 2)).toUTCString()],
  ])('says in %s how long it wants to be left alone', async (_what, retryAfter) => {
    const asked = device();
    handler = busy(429, { 'retry-after': retryAfter });
    expect(await ask(asked)).toBe('the server answered 429');
    now += 119_000;
    expect(await ask(asked)).toMatch(/another 1 s/);
    now += 1_000;
    await ask(asked);
    expect(requests).toBe(2);
  });

  it('is not taken at its word for a day', async () => {
    const asked = device();
    handler = busy(503, { 'retry-after': '86400' });
    await ask(asked);
    now += 60 * 60_000;
    await ask(asked);
    expect(requests).toBe(2);
  });
});
