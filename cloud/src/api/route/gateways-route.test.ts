import { afterAll, beforeAll, expect, it } from 'vitest';
import type { GatewaysAnswer } from '../answer/answers.ts';
import { openTestApi, type TestApi } from '../open-api.testing.ts';

const now = Date.UTC(2026, 5, 1, 12);

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi({ now: () => now });
  await api.gateways.note({ site: 'kent', gateway: 'gw2' }, now - 60_000, {
    status: {
      state: 'online',
      at: new Date(now).toISOString(),
      version: '0.2.0',
      clock: 'unsynchronised',
      startedAt: '2026-05-01T00:00:00Z',
      undelivered: 12,
      origin: 'aa',
      counters: { a_total: 3 },
      sensors: [{ sensor: 'b1', type: 'groundwater' }],
      journal: { bytes: 1_000, budgetBytes: 2_000 },
    },
  });
  await api.gateways.note({ site: 'kent', gateway: 'gw1' }, now, {});
  await api.gateways.note({ site: 'essex', gateway: 'gw9' }, now, {});
});
afterAll(() => api.close());

const list = async (query = '') =>
  (await (await fetch(`${api.url}/api/v1/gateways${query}`)).json()) as GatewaysAnswer;

it('tells of a gateway what it said, and how far its clock is ahead', async () => {
  const { gateways } = await list('?site=kent');
  expect(gateways.map(({ gateway }) => gateway)).toEqual(['gw1', 'gw2']);
  expect(gateways[0]).toMatchObject({ state: 'unknown', version: null, clock: null, journal: null });
  expect(gateways[1]).toEqual({
    site: 'kent',
    gateway: 'gw2',
    state: 'online',
    version: '0.2.0',
    sensors: 1,
    undelivered: 12,
    heardAt: '2026-06-01T11:59:00.000Z',
    startedAt: '2026-05-01T00:00:00.000Z',
    origin: 'aa',
    clock: 'unsynchronised',
    clockAheadSeconds: 60,
    counters: { a_total: 3 },
    journal: { bytes: 1_000, budgetBytes: 2_000 },
  });
});

it('keeps what is known of the clock when the connection breaks: the broker tells that, not the gateway', async () => {
  const status = { state: 'offline', at: '2026-01-01T00:00:00Z' } as const;
  await api.gateways.note({ site: 'kent', gateway: 'gw2' }, now, { status });
  const { gateways } = await list('?site=kent');
  expect(gateways[1]).toMatchObject({ state: 'offline', clockAheadSeconds: 60 });
});

it('comes in pages, by site and name', async () => {
  const first = await list('?limit=2');
  expect(first).toMatchObject({ truncated: true, gateways: [{ gateway: 'gw9' }, { gateway: 'gw1' }] });
  expect(await list(`?limit=2&cursor=${first.next}`)).toMatchObject({
    truncated: false,
    next: null,
    gateways: [{ gateway: 'gw2' }],
  });
});
