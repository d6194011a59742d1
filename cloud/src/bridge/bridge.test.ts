import { batchVersion, decodeBatch, encodeBatch, encodeBlock, receiptSchema } from '@wellhead/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sampleBlock, seqs } from '../store/reading-store.testing.ts';
import {
  batchOf,
  goodBatch,
  now,
  openTestBridge,
  reading,
  type TestBridge,
  topic,
} from './bridge.testing.ts';

let the: TestBridge;
beforeEach(async () => {
  the = await openTestBridge();
});
afterEach(() => the.log.close());

describe('a good batch', () => {
  it('is appended once as it is, and gets a receipt for exactly its readings', async () => {
    const payload = goodBatch();
    await the.bridge(topic('data'), payload);
    expect((await the.logged()).map((batch) => Buffer.from(batch))).toEqual([Buffer.from(payload)]);
    expect(the.published).toEqual([
      [topic('receipt'), JSON.stringify({ origin: 'origin-1', ranges: [['well-1', 1, 5]] })],
    ]);
    expect(the.meters.snapshot()).toMatchObject({
      batches_accepted_total: 1,
      readings_logged_total: 5,
      dead_letters_total: 0,
    });
  });

  it('gets a receipt with every sensor and every hole', async () => {
    const holed = [...seqs(2, 3), ...seqs(6, 6), ...seqs(9, 11)];
    await the.bridge(
      topic('data'),
      batchOf([
        sampleBlock({}, holed),
        sampleBlock({ sensor: 'well-2' }, seqs(7, 8)),
        sampleBlock({}, seqs(20, 21)),
      ]),
    );
    const receipt = receiptSchema.parse(JSON.parse(the.published[0]![1]));
    expect(receipt.ranges).toEqual([
      ['well-1', 2, 3],
      ['well-1', 6, 6],
      ['well-1', 9, 11],
      ['well-2', 7, 8],
      ['well-1', 20, 21],
    ]);
  });

  it('that comes again gets its receipt again', async () => {
    await the.bridge(topic('data'), goodBatch());
    await the.bridge(topic('data'), goodBatch());
    expect(the.published[1]).toEqual(the.published[0]);
  });

  it('gets no receipt before the log has it', async () => {
    const append = the.log.append.bind(the.log);
    the.log.append = async (batch) => {
      await append(batch);
      expect(the.published).toEqual([]);
    };
    await the.bridge(topic('data'), goodBatch());
    expect(the.published).toHaveLength(1);
  });

  it('is to be sent again when the log cannot write, and gets no receipt', async () => {
    const { batch } = the.db;
    (the.db as unknown as { batch: unknown }).batch = () =>
      Promise.reject(new Error('no space left on device'));
    await expect(the.bridge(topic('data'), goodBatch())).rejects.toMatchObject({ code: 'LOG_WRITE' });
    await expect(the.bridge(topic('json'), Buffer.from(JSON.stringify(reading())))).rejects.toMatchObject({
      code: 'LOG_WRITE',
    });
    (the.db as unknown as { batch: unknown }).batch = batch;
    expect(the.published).toEqual([]);
    expect(the.meters.value('log_writes_failed_total')).toBe(2);
    expect(await the.letters()).toEqual([]);
    await the.bridge(topic('data'), goodBatch());
    expect(the.published).toHaveLength(1);
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
    await the.bridge(topic('data'), payload);
    expect(await the.logged()).toEqual([]);
    expect(the.published).toEqual([]);
    const [letter, ...more] = await the.letters();
    expect(more).toEqual([]);
    expect(letter).toMatchObject({ topic: topic('data'), reason, detail: expect.stringContaining(detail) });
    expect(Buffer.from(letter!.payload, 'base64')).toEqual(Buffer.from(payload));
    expect(await the.meters.text()).toContain(`dead_letters_total{reason="${reason}"} 1`);
    expect(the.meters.value('batches_accepted_total')).toBe(0);
  });

  it('is not acknowledged when the dead letter cannot be kept either', async () => {
    (the.db as unknown as { batch: unknown }).batch = () =>
      Promise.reject(new Error('no space left on device'));
    await expect(the.bridge(topic('data'), flipped)).rejects.toThrow('no space');
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
    await the.bridge(topic('status'), Buffer.from(JSON.stringify(status)));
    await the.bridge(topic('ledger'), Buffer.from(JSON.stringify(ledger)));
    const clockAheadMs = Date.parse(status.at) - now;
    const known = [{ site: 'site-a', gateway: 'gateway-1', heardAt: now, clockAheadMs, status, ledger }];
    expect(the.gateways.all()).toEqual(known);
    await the.log.close();
    the = await openTestBridge(the.db);
    expect(the.gateways.all()).toEqual(known);
  });

  it.each([
    ['status', 'bad-status', '{"state":"asleep"}'],
    ['status', 'bad-status', 'online'],
    ['ledger', 'bad-ledger', '[]'],
    ['ledger', 'bad-ledger', ''],
  ])('of kind %s becomes a dead letter with the reason %s when it is %s', async (kind, reason, text) => {
    await the.bridge(topic(kind), Buffer.from(text));
    expect(await the.letters()).toMatchObject([
      { reason, topic: topic(kind), detail: expect.stringMatching(/state|JSON|object/) },
    ]);
    expect(the.gateways.all()).toEqual([]);
  });
});

it('passes over what is for gateways', async () => {
  for (const other of [topic('receipt'), topic('reply')]) await the.bridge(other, goodBatch());
  expect(await the.logged()).toEqual([]);
  expect(await the.letters()).toEqual([]);
});

it('keeps what came by an unknown topic, as readings sent to the cloud instead of a gateway', async () => {
  for (const other of ['wellhead/2/site-a/gateway-1/data', 'sensors/b1', ''])
    await the.bridge(other, goodBatch());
  expect(await the.logged()).toEqual([]);
  expect((await the.letters()).map(({ reason }) => reason)).toEqual(Array(3).fill('unknown-topic'));
});
