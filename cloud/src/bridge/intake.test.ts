// What the intake makes of messages: lanes, batches that were logged before, words that cannot be read.
import {
  type Batch,
  decodeBatch,
  decodeBlock,
  encodeBatch,
  encodeBlock,
  hourMs,
  maxBlocksPerBatch,
  originOfName,
} from '@wellhead/protocol';
import { MemoryLevel } from 'memory-level';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Gateways } from '../fleet/gateways.ts';
import { openCloudMeters } from '../health/meters.ts';
import { type LevelLog, openLevelLog } from '../log/level/level-log.ts';
import { Collector } from '../log/reading-log.contract.ts';
import { sampleBlock, seqs } from '../store/reading-store.testing.ts';
import { checkBatch } from './check-batch.ts';
import { createIntake, type Intake } from './intake.ts';
import type { JsonReading } from './json-readings.ts';

const address = { site: 'site-a', gateway: 'gateway-1' };
const topic = (kind: string) => `wellhead/1/site-a/gateway-1/${kind}`;
const now = Date.UTC(2026, 5, 1);

let log: LevelLog;
let published: [string, string][];
let meters: ReturnType<typeof openCloudMeters>;
let intake: Intake;
beforeEach(async () => {
  const db = new MemoryLevel<string, Uint8Array>({ valueEncoding: 'view' });
  log = await openLevelLog({ db, now: () => now, defer: setImmediate });
  published = [];
  meters = openCloudMeters();
  intake = createIntake({
    log,
    now: () => now,
    count: meters.add,
    gateways: await Gateways.open(db, () => undefined),
    publish: (to, payload) => published.push([to, payload]),
  });
});
afterEach(() => log.close());

async function logged(): Promise<Batch[]> {
  const reader = new Collector();
  const consumption = await reader.start(log, 'auditor', { from: 1 });
  await consumption.caughtUp();
  await consumption.close();
  return reader.entries.map(({ batch }) => decodeBatch(batch));
}

function measured(ageMs: number, sensor = 'rain'): JsonReading {
  const measuredAt = new Date(now - ageMs).toISOString();
  return { sensor, type: 'weather', measuredAt, values: { rain: 0.2 } };
}

const textOf = (message: unknown) => Buffer.from(JSON.stringify(message));

describe('JSON readings', () => {
  it.each([
    [-hourMs, 'live'],
    [0, 'live'],
    [2 * hourMs, 'live'],
    [2 * hourMs + 1, 'historical'],
    [30 * 24 * hourMs, 'historical'],
  ])('measured %d ms ago are %s', async (age, lane) => {
    expect(await intake.take({ topic: topic('json'), payload: textOf(measured(age)) })).toBe(undefined);
    expect((await logged()).map((batch) => batch.lane)).toEqual([lane]);
  });

  it('of one list are live or historical each by its own time', async () => {
    await intake.append(address, [measured(31 * 24 * hourMs), measured(0), measured(30 * 24 * hourMs)]);
    const batches = (await logged()).map(({ lane, blocks }) => [
      lane,
      blocks.map(decodeBlock).flatMap(({ measuredAt }) => [...measuredAt].map((at) => (now - at) / hourMs)),
    ]);
    expect(batches.sort()).toEqual([
      ['historical', [31 * 24, 30 * 24]],
      ['live', [0]],
    ]);
    expect(meters.snapshot()).toMatchObject({ batches_accepted_total: 2, readings_logged_total: 3 });
  });

  it.each([
    [maxBlocksPerBatch, [maxBlocksPerBatch]],
    [maxBlocksPerBatch + 1, [maxBlocksPerBatch, 1]],
  ])('of %d sensors are batches of %j blocks', async (sensors, sizes) => {
    await intake.append(
      address,
      Array.from({ length: sensors }, (_, i) => measured(0, `s${i}`)),
    );
    expect((await logged()).map(({ blocks }) => blocks.length)).toEqual(sizes);
  });
});

describe('a batch with keys of JSON readings', () => {
  const own = originOfName('site-a', 'gateway-1');
  const batchWith = (origin: string) =>
    encodeBatch({ ...address, origin, lane: 'live', blocks: [encodeBlock(sampleBlock({}, seqs(1, 2)))] });

  it('is taken when it was logged before, and nobody gets a receipt for it', async () => {
    const message = { topic: topic('data'), payload: batchWith(own), wasLogged: true };
    expect(await intake.take(message)).toBe(undefined);
    expect((await logged()).map(({ origin }) => origin)).toEqual([own]);
    expect(published).toEqual([]);
  });

  it.each([
    ['somebody publishes it', own, { wasLogged: false }],
    ['somebody publishes it who says nothing more', own, {}],
    ['it is another publisher’s', originOfName('site-b', 'gateway-1'), { wasLogged: true }],
  ])('is not taken when %s', async (_, origin, more) => {
    const end = await intake.take({ topic: topic('data'), payload: batchWith(origin), ...more });
    expect(end).toEqual({ reason: 'bad-batch', detail: `the origin ${origin} is not a journal's` });
    expect(await logged()).toEqual([]);
  });
});

it('a mistake of the program is no bad batch', () => {
  const nothing = undefined as unknown as Uint8Array;
  expect(() => checkBatch(address, nothing, { wasLogged: false })).toThrow(TypeError);
});

it('an unknown topic is told which topics there are', async () => {
  const end = await intake.take({ topic: 'sensors/b1', payload: textOf({}) });
  expect(end).toEqual({
    reason: 'unknown-topic',
    detail: expect.stringContaining('wellhead/1/<site>/<gateway>/data'),
  });
});

it('a ledger with very many faults is told of ten of them', async () => {
  const sensors = Array.from({ length: 50 }, () => ({}));
  const payload = textOf({ origin: 'aa', at: '2026-01-01T00:00:00Z', sensors });
  const end = await intake.take({ topic: topic('ledger'), payload });
  expect(end!.detail.match(/(^|; )sensors\.\d+\./g)).toHaveLength(10);
});
