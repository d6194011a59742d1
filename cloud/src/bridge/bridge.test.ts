import type { KeyValueDb } from '@wellhead/host';
import {
  type Batch,
  type Block,
  batchVersion,
  decodeBatch,
  decodeBlock,
  encodeBatch,
  encodeBlock,
  receiptSchema,
  rowsOf,
} from '@wellhead/protocol';
import { MemoryLevel } from 'memory-level';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DeadLetters, openDeadLetters } from '../dead-letter/dead-letters.ts';
import { Gateways } from '../fleet/gateways.ts';
import { openCloudMeters } from '../health/meters.ts';
import { type LevelLog, openLevelLog } from '../log/level/level-log.ts';
import { Collector } from '../log/reading-log.contract.ts';
import { minute, sampleBlock, seqs, start } from '../store/reading-store.testing.ts';
import { type Bridge, createBridge } from './bridge.ts';
import { createIntake } from './intake.ts';

const topic = (kind: string) => `wellhead/1/site-a/gateway-1/${kind}`;
const now = start + 3_600_000;

let db: KeyValueDb;
let log: LevelLog;
let deadLetters: DeadLetters;
let gateways: Gateways;
let meters: ReturnType<typeof openCloudMeters>;
let published: [string, string][];
let bridge: Bridge;

beforeEach(async () => {
  db = new MemoryLevel<string, Uint8Array>({ valueEncoding: 'view' });
  meters = openCloudMeters();
  published = [];
  await openAll();
});
afterEach(() => log.close());

async function openAll(): Promise<void> {
  log = await openLevelLog({ db, now: () => now, defer: setImmediate });
  deadLetters = await openDeadLetters({ db, limit: 100, now: () => now, count: meters.add });
  gateways = await Gateways.open(db, () => undefined);
  const intake = createIntake({
    log,
    gateways,
    now: () => now,
    count: meters.add,
    publish: (to, payload) => published.push([to, payload]),
  });
  bridge = createBridge({ intake, deadLetters });
}

async function logged(): Promise<Uint8Array[]> {
  const reader = new Collector();
  const consumption = await reader.start(log, 'auditor', { from: 1 });
  await consumption.caughtUp();
  await consumption.close();
  return reader.entries.map((entry) => entry.batch);
}

async function letters(): Promise<{ topic: string; reason: string; detail: string; payload: string }[]> {
  const values = await db.values({ gte: 'x!', lt: 'x"' }).all();
  return values.map((value) => JSON.parse(Buffer.from(value).toString()));
}

function batchOf(blocks: readonly Block[], head: Partial<Batch> = {}): Uint8Array {
  return encodeBatch({
    site: 'site-a',
    gateway: 'gateway-1',
    origin: 'origin-1',
    lane: 'live',
    ...head,
    blocks: blocks.map(encodeBlock),
  });
}

const goodBatch = () => batchOf([sampleBlock({}, seqs(1, 5))]);

describe('a good batch', () => {
  it('is appended once as it is, and gets a receipt for exactly its readings', async () => {
    const payload = goodBatch();
    await bridge(topic('data'), payload);
    expect((await logged()).map((batch) => Buffer.from(batch))).toEqual([Buffer.from(payload)]);
    expect(published).toEqual([
      [topic('receipt'), JSON.stringify({ origin: 'origin-1', ranges: [['well-1', 1, 5]] })],
    ]);
    expect(meters.snapshot()).toMatchObject({
      batches_accepted_total: 1,
      readings_logged_total: 5,
      dead_letters_total: 0,
    });
  });

  it('gets a receipt with every sensor and every hole', async () => {
    const holed = [...seqs(2, 3), ...seqs(6, 6), ...seqs(9, 11)];
    await bridge(
      topic('data'),
      batchOf([
        sampleBlock({}, holed),
        sampleBlock({ sensor: 'well-2' }, seqs(7, 8)),
        sampleBlock({}, seqs(20, 21)),
      ]),
    );
    const receipt = receiptSchema.parse(JSON.parse(published[0]![1]));
    expect(receipt.ranges).toEqual([
      ['well-1', 2, 3],
      ['well-1', 6, 6],
      ['well-1', 9, 11],
      ['well-2', 7, 8],
      ['well-1', 20, 21],
    ]);
  });

  it('that comes again gets its receipt again', async () => {
    await bridge(topic('data'), goodBatch());
    await bridge(topic('data'), goodBatch());
    expect(published[1]).toEqual(published[0]);
  });

  it('gets no receipt before the log has it', async () => {
    const append = log.append.bind(log);
    log.append = async (batch) => {
      await append(batch);
      expect(published).toEqual([]);
    };
    await bridge(topic('data'), goodBatch());
    expect(published).toHaveLength(1);
  });

  it('is to be sent again when the log cannot write, and gets no receipt', async () => {
    const { batch } = db;
    (db as unknown as { batch: unknown }).batch = () => Promise.reject(new Error('no space left on device'));
    await expect(bridge(topic('data'), goodBatch())).rejects.toMatchObject({ code: 'LOG_WRITE' });
    await expect(bridge(topic('json'), Buffer.from(JSON.stringify(reading())))).rejects.toMatchObject({
      code: 'LOG_WRITE',
    });
    (db as unknown as { batch: unknown }).batch = batch;
    expect(published).toEqual([]);
    expect(meters.value('log_writes_failed_total')).toBe(2);
    expect(await letters()).toEqual([]);
    await bridge(topic('data'), goodBatch());
    expect(published).toHaveLength(1);
  });
});

describe('a batch that cannot be taken', () => {
  const flipped = goodBatch();
  flipped[flipped.length >> 1]! ^= 1;
  const newer = goodBatch();
  newer[0] = batchVersion + 1;
  const endless = sampleBlock({}, seqs(1, 2));
  const damagedBlock = encodeBlock(sampleBlock({}, seqs(1, 2)));
  damagedBlock[damagedBlock.length >> 1]! ^= 1;

  it.each([
    ['with a wrong checksum', flipped, 'bad-batch', 'BATCH_CHECKSUM'],
    ['that ends early', goodBatch().subarray(0, 40), 'bad-batch', 'BATCH_CHECKSUM'],
    ['of a few bytes', goodBatch().subarray(0, 5), 'bad-batch', 'BATCH_TRUNCATED'],
    ['that is empty', new Uint8Array(), 'bad-batch', 'BATCH_TRUNCATED'],
    ['of an unknown version', newer, 'bad-batch', 'BATCH_VERSION'],
    [
      'with a damaged block in a sound envelope',
      encodeBatch({ ...decodeBatch(goodBatch()), blocks: [damagedBlock] }),
      'bad-batch',
      'BATCH_MALFORMED',
    ],
    ['of another site', batchOf([endless], { site: 'site-b' }), 'foreign-address', 'site-b/gateway-1'],
    [
      'of another gateway',
      batchOf([endless], { gateway: 'gateway-2' }),
      'foreign-address',
      'site-a/gateway-2',
    ],
    [
      'with a time that no store can hold',
      batchOf([sampleBlock({}, [{ seq: 1, measuredAt: 1e300 }])]),
      'bad-batch',
      'no time',
    ],
    [
      'with keys that only JSON readings have',
      batchOf([endless], { origin: 'name:site-b/gateway-9' }),
      'bad-batch',
      'origin',
    ],
  ])('%s becomes a dead letter with the reason', async (_, payload, reason, detail) => {
    await bridge(topic('data'), payload);
    expect(await logged()).toEqual([]);
    expect(published).toEqual([]);
    const [letter, ...more] = await letters();
    expect(more).toEqual([]);
    expect(letter).toMatchObject({ topic: topic('data'), reason, detail: expect.stringContaining(detail) });
    expect(Buffer.from(letter!.payload, 'base64')).toEqual(Buffer.from(payload));
    expect(await meters.text()).toContain(`dead_letters_total{reason="${reason}"} 1`);
    expect(meters.value('batches_accepted_total')).toBe(0);
  });

  it('is not acknowledged when the dead letter cannot be kept either', async () => {
    (db as unknown as { batch: unknown }).batch = () => Promise.reject(new Error('no space left on device'));
    await expect(bridge(topic('data'), flipped)).rejects.toThrow('no space');
  });
});

function reading(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    sensor: 'rain',
    type: 'weather',
    measuredAt: '2026-01-01T00:30:00Z',
    values: { rain: 0.2, note: 'drizzle' },
    ...changes,
  };
}

const send = (message: unknown) => bridge(topic('json'), Buffer.from(JSON.stringify(message)));

describe('readings as JSON', () => {
  it('are logged, one or a list, not evaluated, with their time as the key', async () => {
    await send(reading());
    await send([
      reading({ measuredAt: '2026-01-01T01:31:00+01:00' }),
      reading({ sensor: 'sun', values: { hours: 3 } }),
    ]);
    const batches = (await logged()).map(decodeBatch);
    expect(batches.map(({ origin }) => origin)).toEqual(['name:site-a/gateway-1', 'name:site-a/gateway-1']);
    const blocks = batches.flatMap((batch) => batch.blocks.map(decodeBlock));
    expect(blocks.map(({ sensor, properties }) => [sensor, properties])).toEqual([
      ['rain', ['note', 'rain']],
      ['rain', ['note', 'rain']],
      ['sun', ['hours']],
    ]);
    const at = start + 30 * minute;
    expect(rowsOf(blocks[0]!)).toMatchObject([
      { seq: at, measuredAt: at, receivedAt: now, values: ['drizzle', 0.2], flags: [2, 2] },
    ]);
    expect(rowsOf(blocks[1]!)[0]!.seq).toBe(at + minute);
    expect(meters.value('readings_logged_total')).toBe(3);
    expect(published).toEqual([]);
  });

  it('that come again get the same key', async () => {
    await send(reading());
    await send([reading(), reading({ measuredAt: '2026-01-01T01:30:00+01:00' })]);
    const keys = (await logged()).flatMap((bytes) => {
      const { origin, blocks } = decodeBatch(bytes);
      return blocks
        .map(decodeBlock)
        .flatMap(({ sensor, seqs: numbers }) => [...numbers].map((seq) => `${origin} ${sensor} ${seq}`));
    });
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
  });

  it('of more sensors than one batch can hold are all logged', async () => {
    await send(Array.from({ length: 5_000 }, (_, i) => reading({ sensor: `s${i}` })));
    const blocks = (await logged()).flatMap((bytes) => decodeBatch(bytes).blocks.map(decodeBlock));
    expect(new Set(blocks.map(({ sensor }) => sensor)).size).toBe(5_000);
  });

  const many = Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`p${i}`, i]));
  it.each([
    ['no JSON', '{"sensor"', 'JSON'],
    ['an empty list', '[]', 'Too small'],
    ['a number', '5', '(whole file)'],
    ['a sensor that cannot be a name', JSON.stringify(reading({ sensor: 'a/b' })), 'sensor: use 1 to 64'],
    ['no type', JSON.stringify(reading({ type: undefined })), 'type: is missing'],
    ['a day that is none', JSON.stringify(reading({ measuredAt: '2026-02-30T00:00:00Z' })), 'measuredAt'],
    ['a time without zone', JSON.stringify(reading({ measuredAt: '2026-02-03T00:00:00' })), 'measuredAt'],
    [
      'a value of a wrong kind',
      JSON.stringify(reading({ values: { rain: [1] } })),
      'values.rain: give a number',
    ],
    [
      'a number beyond all numbers',
      '{"sensor":"s","type":"t","measuredAt":"2026-01-01T00:00:00Z","values":{"a":1e999}}',
      'values.a',
    ],
    ['no values', JSON.stringify(reading({ values: {} })), 'values: give 1 to 64'],
    ['too many values', JSON.stringify(reading({ values: many })), 'values: give 1 to 64'],
    [
      'a property called __proto__',
      '{"sensor":"s","type":"t","measuredAt":"2026-01-01T00:00:00Z","values":{"__proto__":1}}',
      'values: give 1 to 64',
    ],
    ['a key there is not', JSON.stringify(reading({ unit: 'mm' })), 'unit: there is no such key'],
    ['one bad reading in a list', JSON.stringify([reading(), reading({ sensor: '' })]), '1.sensor'],
  ])('with %s become a dead letter that says why', async (_, text, detail) => {
    await bridge(topic('json'), Buffer.from(text));
    expect(await logged()).toEqual([]);
    expect(await letters()).toMatchObject([{ reason: 'bad-json', detail: expect.stringContaining(detail) }]);
  });

  it('name a few problems of very many', async () => {
    await send(Array.from({ length: 500 }, () => reading({ sensor: '' })));
    const [letter] = await letters();
    expect(letter!.detail).toContain('and 490 more');
    expect(letter!.detail.length).toBeLessThan(2_000);
  });
});

describe('what gateways say of themselves', () => {
  const status = { state: 'online', at: '2026-01-01T00:00:00.000Z', origin: 'aa', undelivered: 3 };
  const ledger = {
    origin: 'aa',
    at: '2026-01-01T00:00:00.000Z',
    sensors: [
      { sensor: 'well-1', first: 1, last: 9, undelivered: 0, waiting: [], lost: [[2, 3, 'journal-full']] },
    ],
  };

  it('is kept over a restart', async () => {
    await bridge(topic('status'), Buffer.from(JSON.stringify(status)));
    await bridge(topic('ledger'), Buffer.from(JSON.stringify(ledger)));
    const clockAheadMs = Date.parse(status.at) - now;
    const known = [{ site: 'site-a', gateway: 'gateway-1', heardAt: now, clockAheadMs, status, ledger }];
    expect(gateways.all()).toEqual(known);
    await log.close();
    await openAll();
    expect(gateways.all()).toEqual(known);
  });

  it.each([
    ['status', 'bad-status', '{"state":"asleep"}'],
    ['status', 'bad-status', 'online'],
    ['ledger', 'bad-ledger', '[]'],
    ['ledger', 'bad-ledger', ''],
  ])('of kind %s becomes a dead letter with the reason %s when it is %s', async (kind, reason, text) => {
    await bridge(topic(kind), Buffer.from(text));
    expect(await letters()).toMatchObject([
      { reason, topic: topic(kind), detail: expect.stringMatching(/state|JSON|object/) },
    ]);
    expect(gateways.all()).toEqual([]);
  });
});

it('passes over what is for gateways', async () => {
  for (const other of [topic('receipt'), topic('reply')]) await bridge(other, goodBatch());
  expect(await logged()).toEqual([]);
  expect(await letters()).toEqual([]);
});

it('keeps what came by an unknown topic, as readings sent to the cloud instead of a gateway', async () => {
  for (const other of ['wellhead/2/site-a/gateway-1/data', 'sensors/b1', ''])
    await bridge(other, goodBatch());
  expect(await logged()).toEqual([]);
  expect((await letters()).map(({ reason }) => reason)).toEqual(Array(3).fill('unknown-topic'));
});
