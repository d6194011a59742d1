import { loadSensorTypes } from '@wellhead/host';
import { decodeBatch, decodeBlock, WellheadError } from '@wellhead/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createIntake } from '../../bridge/intake.ts';
import { Collector } from '../../log/reading-log.contract.ts';
import { openTestApi, type TestApi } from '../open-api.testing.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi({ now: () => Date.UTC(2026, 0, 1, 1), types: loadSensorTypes() });
});
afterAll(() => api.close());

const reading = (changes: Record<string, unknown> = {}) => ({
  sensor: 'rain',
  type: 'weather',
  measuredAt: '2026-01-01T00:30:00Z',
  values: { precipitation: 0.2 },
  ...changes,
});

async function send(body: unknown, at = api) {
  const response = await fetch(`${at.url}/api/v1/readings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
}

async function logged() {
  const reader = new Collector();
  const consumption = await reader.start(api.log, 'auditor', { from: 1 });
  await consumption.caughtUp();
  await consumption.close();
  return reader.entries.flatMap((entry) => {
    const { origin, blocks } = decodeBatch(entry.batch);
    return blocks.map(decodeBlock).map(({ sensor, seqs }) => `${origin} ${sensor} ${[...seqs]}`);
  });
}

it('readings are in the log when they are answered, those that cannot be taken are named', async () => {
  const { status, answer } = await send({
    site: 'site-a',
    readings: [reading(), reading({ measuredAt: 'yesterday' }), reading({ sensor: 'sun' }), {}],
  });
  expect(status).toBe(202);
  expect(answer).toEqual({
    taken: 2,
    refused: [
      { index: 1, reason: expect.stringContaining('measuredAt') },
      { index: 3, reason: expect.stringContaining('sensor: is missing') },
    ],
    warnings: [],
  });
  const time = Date.UTC(2026, 0, 1, 0, 30);
  expect(await logged()).toEqual([`name:site-a/api rain ${time}`, `name:site-a/api sun ${time}`]);
  expect(api.meters.value('readings_logged_total')).toBe(2);
});

it('the same again has the same key, and is the one that MQTT would make', async () => {
  const before = await logged();
  await send({ site: 'site-a', gateway: 'gw', readings: [reading()] });
  const intake = createIntake({
    log: api.log,
    gateways: api.gateways,
    now: Date.now,
    count: api.meters.add,
    publish: () => undefined,
  });
  const payload = Buffer.from(JSON.stringify(reading()));
  await intake.take({ topic: 'wellhead/1/site-a/gw/json', payload });
  const [first, second, ...more] = (await logged()).slice(before.length);
  expect(first).toBe(second);
  expect(more).toEqual([]);
});

const big = { site: 'site-a', readings: [reading({ values: { note: 'x'.repeat(520_000) } })] };
it.each([
  ['no reading', { site: 'site-a', readings: [] }, 400, 'BAD_PARAMETER'],
  ['only bad readings', { site: 'site-a', readings: [reading({ values: {} })] }, 400, 'BAD_PARAMETER'],
  ['readings that are none', { site: 'site-a', readings: [5] }, 400, 'BAD_PARAMETER'],
  ['no site', { readings: [reading()] }, 400, 'BAD_PARAMETER'],
  ['a site that cannot be a name', { site: 'a/b', readings: [reading()] }, 400, 'BAD_PARAMETER'],
  ['no JSON', '{"site"', 400, 'BAD_REQUEST'],
  ['more than a packet of MQTT', big, 413, 'BODY_TOO_LARGE'],
])('%s: nothing is logged, and the answer says why', async (_, body, status, code) => {
  const before = api.log.next;
  expect(await send(body)).toMatchObject({ status, answer: { code } });
  expect(api.log.next).toBe(before);
});

it('a log that cannot write is said to be so, and the same can be sent again', async () => {
  const { append } = api.log;
  api.log.append = () => Promise.reject(new WellheadError('LOG_WRITE', 'the disk is full'));
  const body = { site: 'site-a', readings: [reading()] };
  expect(await send(body)).toMatchObject({ status: 503, answer: { code: 'LOG_WRITE' } });
  api.log.append = append;
  expect((await send(body)).status).toBe(202);
});

it('a process without a bridge takes none', async () => {
  const other = await openTestApi({ hasBridge: false });
  const answer = await send({ site: 'site-a', readings: [reading()] }, other);
  expect(answer).toMatchObject({ status: 409, answer: { code: 'NO_BRIDGE' } });
  await other.close();
});

it('types and properties that are not known are taken, and named', async () => {
  const odd = [
    reading({ sensor: 'odd', values: { precipitation: 0.1, rain: 0.2 } }),
    reading({ sensor: 'odd', type: 'volcano', values: { ash: 3 } }),
    reading({ sensor: 'odd', measuredAt: '2026-01-01T00:40:00Z', values: { rain: 0.2 } }),
  ];
  const { status, answer } = await send({ site: 'site-b', readings: odd });
  expect([status, answer.taken]).toEqual([202, 3]);
  expect(answer.warnings).toEqual([
    'values.rain: weather has no such property',
    'type: volcano is no sensor type of this cloud',
  ]);
});
