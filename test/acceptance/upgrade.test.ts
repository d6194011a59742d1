// Data that the programs of 0.1.0 left behind, killed in the middle: opened by today’s, and all of it arrives.
//
// test/fixtures/data-0.1.0.tar.gz holds the folders `cloud` and `edge` of a cloud and a gateway of 0.1.0. Readings of
// `lancashire`: water_level is i / 100 at minute i of 2026. b1: 300 in the store, 150 more in the log alone, 250 more
// in the journal alone; b2: 100 in the journal alone; b3: one sent by HTTP, 7.25 at 2026-01-02. Beside them one
// annotation, one token, one dead letter at the cloud and one at the gateway.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SensorsAnswer } from '../../cloud/src/api/answer/answers.ts';
import { freePort } from '../harness/ports.ts';
import { getJson, makeFolder, type Program, repository, startProgram, until } from '../harness/program.ts';

const folder = makeFolder('upgrade');
const minuteMs = 60_000;
let base: string;
let health: string;
let cloud: Program;
let gateway: Program;

beforeAll(async () => {
  execFileSync('tar', ['-C', folder.path, '-xzf', join(repository, 'test/fixtures/data-0.1.0.tar.gz')]);
  const [cloudPort, httpPort, healthPort] = await Promise.all([freePort(), freePort(), freePort()]);
  base = `http://127.0.0.1:${httpPort}/api/v1`;
  health = `http://127.0.0.1:${healthPort}/health`;
  cloud = await startProgram('cloud', folder.path, {
    data: join(folder.path, 'cloud'),
    broker: { port: cloudPort },
    http: { port: httpPort },
    store: { linger: '20ms' },
  });
  gateway = await startProgram('edge', folder.path, {
    site: 'lancashire',
    gateway: 'gw1',
    data: join(folder.path, 'edge'),
    uplink: { url: `mqtt://127.0.0.1:${cloudPort}`, retry: { first: '100ms', max: '500ms' } },
    broker: { port: 0 },
    health: { port: healthPort },
    sensors: ['b1', 'b2'].map((id) => ({ id, type: 'groundwater' })),
  });
}, 60_000);

afterAll(async () => {
  await gateway?.kill();
  await cloud?.kill();
  folder.remove();
});

async function sensors(): Promise<SensorsAnswer['sensors']> {
  return (await getJson<SensorsAnswer>(`${base}/sensors`)).sensors;
}

async function levels(sensor: string): Promise<unknown[]> {
  const answer = await getJson<{ readings: { measuredAt: string; values: Record<string, unknown> }[] }>(
    `${base}/readings?site=lancashire&sensor=${sensor}&limit=1000`,
  );
  return answer.readings.map(({ measuredAt, values }) => [Date.parse(measuredAt), values.water_level]);
}

const expected = (count: number) =>
  Array.from({ length: count }, (_, i) => [Date.UTC(2026, 0, 1) + i * minuteMs, i / 100]);

it('every reading of store, log and journal arrives, once and unchanged', { timeout: 60_000 }, async () => {
  await until('all are stored', async () => {
    const counts = (await sensors()).map(({ sensor, readings }) => `${sensor} ${readings}`);
    return counts.join(', ') === 'b1 700, b2 100, b3 1';
  });
  expect(await levels('b1')).toEqual(expected(700));
  expect(await levels('b2')).toEqual(expected(100));
  expect(await levels('b3')).toEqual([[Date.UTC(2026, 0, 2), 7.25]]);
  for (const { origins } of await sensors()) for (const { missing } of origins) expect(missing).toEqual([]);
});

it('what people wrote, tokens and dead letters are there', async () => {
  const { annotations } = await getJson<{ annotations: { text: string }[] }>(
    `${base}/annotations?site=lancashire`,
  );
  expect(annotations.map(({ text }) => text)).toEqual(['pump test']);
  const { tokens } = await getJson<{ tokens: { name: string; role: string }[] }>(`${base}/tokens`);
  expect(tokens).toEqual([expect.objectContaining({ name: 'a station', role: 'viewer' })]);
  const { deadLetters } = await getJson<{ deadLetters: { topic: string; reason: string }[] }>(
    `${base}/dead-letters`,
  );
  expect(deadLetters).toEqual([
    expect.objectContaining({ topic: 'wellhead/1/lancashire/gw9/json', reason: 'bad-json' }),
  ]);
  expect(await getJson<{ deadLetters: number }>(health)).toMatchObject({ deadLetters: 1, undelivered: 0 });
});
