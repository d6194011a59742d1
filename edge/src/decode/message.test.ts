import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Decoded, decodeJson, decodePlain, type JsonMapping, usualTimeNames } from './message.ts';

const usual: JsonMapping = { time: usualTimeNames, values: [['level'], ['ph']] };
const nested: JsonMapping = { time: [['meta', 'ts']], values: [['data', 'a'], undefined] };

const bytes = (text: string) => Buffer.from(text);
const json = (text: string, mapping = usual) => decodeJson(bytes(text), mapping);

describe('a JSON object', () => {
  it.each<[string, Decoded]>([
    ['{"level":1.5,"ph":7}', { values: [1.5, 7] }],
    ['{"level":1.5}', { values: [1.5, undefined] }],
    ['{"level":null,"ph":"(na)"}', { values: [null, '(na)'] }],
    ['{"level":true,"other":[1]}', { values: [true, undefined] }],
    [
      '{"measuredAt":"2026-01-31T12:00:00Z","level":1}',
      { measuredAt: 1_769_860_800_000, values: [1, undefined] },
    ],
    ['{"time":1769860800,"level":1}', { measuredAt: 1_769_860_800_000, values: [1, undefined] }],
    ['{"timestamp":1769860800000,"level":1}', { measuredAt: 1_769_860_800_000, values: [1, undefined] }],
    [
      '{"time":5,"measuredAt":1769860800,"level":1}',
      { measuredAt: 1_769_860_800_000, values: [1, undefined] },
    ],
  ])('%s is a reading', (text, expected) => {
    expect(json(text)).toEqual(expected);
  });

  it('is read along paths', () => {
    expect(json('{"meta":{"ts":0},"data":{"a":3,"b":4}}', nested)).toEqual({
      measuredAt: 0,
      values: [3, undefined],
    });
  });

  it.each([
    ['', 'bad-json'],
    ['{"level":', 'bad-json'],
    ['12', 'bad-json'],
    ['null', 'bad-json'],
    ['[{"level":1}]', 'bad-json'],
    ['{}', 'no-value'],
    ['{"depth":3}', 'no-value'],
    ['{"level":{"value":1}}', 'bad-value'],
    ['{"level":[1]}', 'bad-value'],
    ['{"time":"noon","level":1}', 'bad-time'],
    ['{"time":null,"level":1}', 'bad-time'],
    ['{"time":1e999,"level":1}', 'bad-time'],
  ])('%s is none: %s', (text, reason) => {
    expect(json(text)).toMatchObject({ reason, detail: expect.stringMatching(/./) });
  });

  it('has no value where a path meets something else than an object', () => {
    for (const data of ['5', '"a"', 'null', '[]', '{}']) {
      expect(json(`{"data":${data}}`, nested)).toMatchObject({ reason: 'no-value' });
    }
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'has a property called %s only where it names it',
    (name) => {
      const mapping: JsonMapping = { time: [[name, 'time']], values: [[name], [name, name]] };
      expect(json('{"level":1}', mapping)).toMatchObject({ reason: 'no-value' });
      expect(json(`{"${name}":{"${name}":4}}`, { ...mapping, values: [[name, name]] })).toEqual({
        values: [4],
      });
      expect(({} as Record<string, unknown>).level).toBeUndefined();
    },
  );
});

describe('a plain value', () => {
  it.each([
    ['12.3', 12.3],
    [' 12.3\r\n', 12.3],
    ['-4e-3', -0.004],
    ['true', true],
    ['null', null],
    ['"text"', 'text'],
    ['(na)', '(na)'],
    ['1,5', '1,5'],
    ['{"a":1}', '{"a":1}'],
    ['NaN', 'NaN'],
  ])('%s is the value of its property', (text, value) => {
    expect(decodePlain(bytes(text), 1, 3)).toEqual({ values: [undefined, value, undefined] });
  });

  it.each(['', ' ', '\n'])('is missing from an empty message', (text) => {
    expect(decodePlain(bytes(text), 0, 1)).toMatchObject({ reason: 'no-value' });
  });
});

describe('whatever bytes arrive', () => {
  const values = (decoded: Decoded) => ('values' in decoded ? decoded.values : undefined);

  it('are a reading of the right width, or a reason', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (payload) => {
        for (const decoded of [decodeJson(payload, usual), decodePlain(payload, 0, 2)]) {
          if ('reason' in decoded) expect(decoded.detail).not.toBe('');
          else expect(values(decoded)).toHaveLength(2);
        }
      }),
    );
  });

  it('are so too when they are JSON of any shape', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc
            .dictionary(fc.constantFrom('level', 'ph', 'time', '__proto__'), fc.jsonValue())
            .map((o) => JSON.stringify(o)),
        ),
        (text) => {
          const decoded = json(text);
          if ('reason' in decoded) return;
          expect(decoded.values.every((value) => value === null || typeof value !== 'object')).toBe(true);
          if (decoded.measuredAt !== undefined) expect(Number.isInteger(decoded.measuredAt)).toBe(true);
        },
      ),
    );
  });
});
