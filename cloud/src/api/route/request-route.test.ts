import type { Ledger } from '@wellhead/protocol';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SensorsAnswer } from '../answer/answers.ts';
import { batchOf, openTestApi, type TestApi } from '../open-api.testing.ts';

const address = { site: 'lancashire', gateway: 'gw1' };
const properties = ['water_level'];
let time = Date.UTC(2026, 5, 1);
let api: TestApi;

const readings = (seqs: readonly number[]) =>
  seqs.map((seq) => ({ seq, measuredAt: seq * 60_000, values: [seq] }));

beforeEach(async () => {
  api = await openTestApi({ now: () => time });
  await api.take(batchOf({ properties }, readings([1, 2, 3, 7, 8])));
  const ledger: Ledger = {
    origin: 'journal-one',
    at: '2026-06-01T00:00:00Z',
    sensors: [{ sensor: 'emb3', first: 1, last: 8, undelivered: 1, waiting: [[6, 6]], lost: [] }],
  };
  await api.gateways.note(address, time, {
    ledger,
    status: { state: 'online', at: '2026-06-01T00:00:00Z' },
  });
});
afterEach(() => api.close());

async function ask(body: object, at = api): Promise<{ status: number; answer: unknown }> {
  const response = await fetch(`${at.url}/api/v1/requests`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, answer: await response.json() };
}

async function states(): Promise<string[]> {
  const { sensors } = (await (await fetch(`${api.url}/api/v1/sensors`)).json()) as SensorsAnswer;
  return sensors[0]!.origins[0]!.missing.map(({ from, to, state }) => `${from} to ${to} ${state}`);
}

it('asks the gateway for what it holds and would not send by itself, and says so for ten minutes', async () => {
  expect(await states()).toEqual(['4 to 5 on request', '6 to 6 not yet sent']);
  expect(await ask({ site: 'lancashire', sensor: 'emb3' })).toEqual({
    status: 202,
    answer: { requested: [{ origin: 'journal-one', from: 4, to: 5 }], readings: 2 },
  });
  expect(api.published.map(({ topic, payload }) => [topic, JSON.parse(payload)])).toEqual([
    ['wellhead/1/lancashire/gw1/request', { origin: 'journal-one', ranges: [['emb3', 4, 5]] }],
  ]);
  expect(await states()).toEqual(['4 to 5 requested', '6 to 6 not yet sent']);
  expect(await ask({ site: 'lancashire', sensor: 'emb3' })).toMatchObject({ answer: { readings: 0 } });
  expect(api.published).toHaveLength(1);
  time += 600_000;
  expect(await states()).toEqual(['4 to 5 on request', '6 to 6 not yet sent']);
});

it('is refused while the gateway is away, for nobody would keep the request', async () => {
  await api.gateways.note(address, time, { status: { state: 'offline', at: '2026-06-01T00:00:00Z' } });
  expect(await ask({ site: 'lancashire', sensor: 'emb3' })).toMatchObject({
    status: 409,
    answer: { code: 'GATEWAY_AWAY' },
  });
  expect(api.published).toEqual([]);
});

it('names what is wrong with it', async () => {
  expect(await ask({ site: 'lancashire', sensor: 'emb4' })).toMatchObject({
    status: 404,
    answer: { code: 'UNKNOWN_SENSOR', problems: [{ path: 'sensor' }] },
  });
  expect(await ask({ site: 'lancashire' })).toMatchObject({
    status: 400,
    answer: { problems: [{ path: 'sensor' }] },
  });
});

it('is refused by a process that reaches no gateway', async () => {
  const other = await openTestApi({ hasBridge: false, now: () => time });
  expect(await ask({ site: 'lancashire', sensor: 'emb3' }, other)).toMatchObject({
    status: 409,
    answer: { code: 'NO_BRIDGE' },
  });
  await other.close();
});
