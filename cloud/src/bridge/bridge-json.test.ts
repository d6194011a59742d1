import { decodeBatch, decodeBlock, minuteMs, rowsOf } from '@wellhead/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { start } from '../store/reading-store.testing.ts';
import { now, openTestBridge, reading, type TestBridge, topic } from './bridge.testing.ts';

let the: TestBridge;
beforeEach(async () => {
  the = await openTestBridge();
});
afterEach(() => the.log.close());

const send = (message: unknown) => the.bridge(topic('json'), Buffer.from(JSON.stringify(message)));

describe('readings as JSON', () => {
  it('are logged, one or a list, not evaluated, with their time as the key', async () => {
    await send(reading());
    await send([
      reading({ measuredAt: '2026-01-01T01:31:00+01:00' }),
      reading({ sensor: 'sun', values: { hours: 3 } }),
    ]);
    const batches = (await the.logged()).map(decodeBatch);
    expect(batches.map(({ origin }) => origin)).toEqual(['name:site-a/gateway-1', 'name:site-a/gateway-1']);
    const blocks = batches.flatMap((batch) => batch.blocks.map(decodeBlock));
    expect(blocks.map(({ sensor, properties }) => [sensor, properties])).toEqual([
      ['rain', ['note', 'rain']],
      ['rain', ['note', 'rain']],
      ['sun', ['hours']],
    ]);
    const at = start + 30 * minuteMs;
    expect(rowsOf(blocks[0]!)).toMatchObject([
      { seq: at, measuredAt: at, receivedAt: now, values: ['drizzle', 0.2], flags: [2, 2] },
    ]);
    expect(rowsOf(blocks[1]!)[0]!.seq).toBe(at + minuteMs);
    expect(the.meters.value('readings_logged_total')).toBe(3);
    expect(the.published).toEqual([]);
  });

  it('that come again get the same key', async () => {
    await send(reading());
    await send([reading(), reading({ measuredAt: '2026-01-01T01:30:00+01:00' })]);
    const keys = (await the.logged()).flatMap((bytes) => {
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
    const blocks = (await the.logged()).flatMap((bytes) => decodeBatch(bytes).blocks.map(decodeBlock));
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
    await the.bridge(topic('json'), Buffer.from(text));
    expect(await the.logged()).toEqual([]);
    expect(await the.letters()).toMatchObject([
      { reason: 'bad-json', detail: expect.stringContaining(detail) },
    ]);
  });

  it('name a few problems of very many', async () => {
    await send(Array.from({ length: 500 }, () => reading({ sensor: '' })));
    const [letter] = await the.letters();
    expect(letter!.detail).toContain('and 490 more');
    expect(letter!.detail.length).toBeLessThan(2_000);
  });
});
