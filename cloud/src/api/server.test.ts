import { loadSensorTypes } from '@wellhead/host';
import { hourMs } from '@wellhead/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SensorsAnswer, SitesAnswer, TypesAnswer } from './answer/answers.ts';
import { batchOf, openTestApi, type TestApi } from './open-api.testing.ts';

const stored = Date.UTC(2024, 5, 1, 12);
let now = stored;
let api: TestApi;

beforeAll(async () => {
  api = await openTestApi({
    now: () => now,
    types: loadSensorTypes(),
    sites: new Map([
      [
        'lancashire',
        { site: 'lancashire', title: 'Lancashire', sensors: { emb3: { title: 'Borehole EMB3' } } },
      ],
      ['quiet', { site: 'quiet', title: 'A site without a gateway', sensors: {} }],
    ]),
  });
  const reading = (seq: number) => ({
    seq,
    measuredAt: stored - 90 * 24 * hourMs + seq * hourMs,
    values: [600 + seq, 1],
  });
  await api.store.write([
    batchOf({ properties: ['sec', 'turbidity'] }, [1, 2, 5].map(reading), stored),
    batchOf({ sensor: 'odd', type: 'made-up', properties: ['x'] }, [reading(1)], stored),
  ]);
  await api.gateways.note({ site: 'lancashire', gateway: 'gw1' }, stored, {
    status: {
      state: 'online',
      at: new Date(stored).toISOString(),
      sensors: [
        { sensor: 'emb3', type: 'groundwater' },
        { sensor: 'emb9', type: 'groundwater', title: 'Not wired yet' },
      ],
      undelivered: 2,
    },
    ledger: {
      origin: 'journal-one',
      at: new Date(stored).toISOString(),
      sensors: [
        {
          sensor: 'emb3',
          first: 1,
          last: 6,
          undelivered: 2,
          waiting: [[1, 6]],
          lost: [[3, 3, 'journal-full']],
        },
      ],
    },
  });
});
afterAll(() => api.close());

const get = async <T>(path: string): Promise<T> => (await fetch(api.url + path)).json() as Promise<T>;

describe('what there is', () => {
  it('lists sensors with titles, units, missing readings and those that never spoke', async () => {
    const { sensors } = await get<SensorsAnswer>('/api/v1/sensors?site=lancashire');
    expect(sensors.map(({ sensor }) => sensor)).toEqual(['emb3', 'emb9', 'odd']);
    const [emb3, emb9, odd] = sensors;
    expect(emb3).toMatchObject({
      title: 'Borehole EMB3',
      gateway: 'gw1',
      intervalSeconds: 3600,
      readings: 3,
      lastStoredAt: '2024-06-01T12:00:00.000Z',
      origins: [
        {
          origin: 'journal-one',
          highest: 5,
          missing: [
            { from: 3, to: 3, state: 'lost at the edge', reason: 'journal-full' },
            { from: 4, to: 4, state: 'not yet sent' },
            { from: 6, to: 6, state: 'not yet sent' },
          ],
        },
      ],
    });
    expect(emb3!.properties[0]).toEqual({
      name: 'sec',
      isSent: true,
      title: 'Specific electrical conductance',
      unit: 'µS/cm',
      resolution: 1,
    });
    expect(emb3!.properties.at(-1)).toEqual({ name: 'turbidity', isSent: true });
    expect(emb9).toMatchObject({
      title: 'Not wired yet',
      readings: 0,
      lastStoredAt: null,
      freshness: { word: 'never' },
    });
    expect(odd).toMatchObject({ type: 'made-up', intervalSeconds: null, properties: [{ name: 'x' }] });
  });

  it.each([
    [1, 'fresh'],
    [2, 'fresh'],
    [2.1, 'late'],
    [12, 'late'],
    [12.1, 'silent'],
  ])('judges a sensor %d hours after its last storing: %s', async (hours, word) => {
    now = stored + hours * hourMs;
    const { sensors } = await get<SensorsAnswer>('/api/v1/sensors');
    now = stored;
    expect(sensors[0]!.freshness).toMatchObject({ word, secondsSinceStored: hours * 3600 });
  });

  it('lists sites from readings, gateways and site files', async () => {
    const { sites } = await get<SitesAnswer>('/api/v1/sites');
    expect(sites).toMatchObject([
      {
        site: 'lancashire',
        title: 'Lancashire',
        sensors: 3,
        readings: 4,
        gateways: [{ gateway: 'gw1', state: 'online', undelivered: 2 }],
      },
      { site: 'quiet', sensors: 0, readings: 0, newestStoredAt: null, gateways: [] },
    ]);
  });

  it.each(['sensors', 'latest'])('gives %s in pages that lead on, without cutting any off', async (list) => {
    const all = await get<Record<string, unknown[]>>(`/api/v1/${list}`);
    expect(all).toMatchObject({ next: null, truncated: false });
    const key = list === 'latest' ? 'readings' : 'sensors';
    const paged: unknown[] = [];
    for (let path: string | undefined = `/api/v1/${list}?limit=1`; path !== undefined; ) {
      const response: Response = await fetch(api.url + path);
      const answer = (await response.json()) as Record<string, unknown[]>;
      expect(answer[key]).toHaveLength(1);
      paged.push(...answer[key]!);
      path = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
      expect(answer.truncated).toBe(path !== undefined);
    }
    expect(paged).toEqual(all[key]);
    expect((await fetch(`${api.url}/api/v1/${list}?cursor=bm9wZQ`)).status).toBe(400);
  });

  it('gives newest readings and sensor types', async () => {
    expect(await get('/api/v1/latest?sensor=emb3')).toMatchObject({ readings: [{ seq: 5 }] });
    const { types } = await get<TypesAnswer>('/api/v1/types');
    expect(types.find(({ type }) => type === 'groundwater')).toMatchObject({
      intervalSeconds: 3600,
      gapSteps: 2,
    });
  });
});

describe('the server', () => {
  it('refuses unknown addresses and long ones in the same form', async () => {
    const unknown = await fetch(`${api.url}/api/v2/nothing`);
    expect(unknown.status).toBe(404);
    expect(unknown.headers.get('content-type')).toContain('application/problem+json');
    expect(await unknown.json()).toMatchObject({ code: 'UNKNOWN_ROUTE', status: 404, problems: [] });
    const long = await fetch(`${api.url}/api/v1/latest?site=${'a'.repeat(9000)}`);
    expect(long.status).toBe(414);
    expect(await long.json()).toMatchObject({ code: 'URL_TOO_LONG' });
    const longer = await fetch(`${api.url}/api/v1/latest?site=${'a'.repeat(20_000)}`);
    expect(longer.status).toBe(431);
    expect(await longer.json()).toMatchObject({ code: 'HEADERS_TOO_LONG' });
    const malformed = await fetch(`${api.url}/%E0%A4%A`);
    expect(malformed.status).toBe(400);
    expect(await malformed.json()).toHaveProperty('problems');
  });

  it.each([
    ['DELETE', '/api/v1/sites', 'GET, HEAD'],
    ['POST', '/api/v1/latest?site=a', 'GET, HEAD'],
    ['PUT', '/api/v1/readings?site=a', 'GET, HEAD, POST'],
    ['OPTIONS', '/health', 'GET, HEAD'],
    ['HEAD', '/api/v1/live', 'GET'],
  ])('%s of %s is refused with the methods there are', async (method, path, allow) => {
    const body = method === 'POST' ? { body: 'x'.repeat(5_000) } : {};
    const response = await fetch(api.url + path, { method, ...body });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe(allow);
    if (method !== 'HEAD') expect(await response.json()).toMatchObject({ code: 'METHOD_NOT_ALLOWED' });
  });

  it('answers HEAD as GET, without the body', async () => {
    const response = await fetch(`${api.url}/api/v1/sites`, { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
  });

  it('tells browsers to run nothing but its own', async () => {
    for (const path of ['/', '/api/v1/sites', '/api/v1/nothing']) {
      const { headers } = await fetch(api.url + path);
      expect(headers.get('content-security-policy')).toContain("script-src 'self'");
      expect(headers.get('content-security-policy')).not.toContain('unsafe');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('says how it fares', async () => {
    expect(await get('/health')).toEqual({ status: 'up', version: '0.0.0', deadLetters: 0 });
    const text = await (await fetch(`${api.url}/metrics`)).text();
    expect(text).toMatch(/http_requests_total\{status="404"\} [1-9]/);
  });

  it('says that its port is taken', async () => {
    await expect(openTestApi({ port: api.port })).rejects.toMatchObject({ code: 'PORT_TAKEN' });
  });
});
