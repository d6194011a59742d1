import { rowsOf } from '@wellhead/protocol';
import { expect, it } from 'vitest';
import { blocksOfJson, type JsonReading, readJsonReading, readJsonReadings } from './json-readings.ts';

const reading = (changes: Partial<JsonReading> = {}): JsonReading => ({
  sensor: 'rain',
  type: 'weather',
  measuredAt: '2026-01-01T00:30:00Z',
  values: { rain: 0.2 },
  ...changes,
});
const read = (message: unknown) => readJsonReadings(Buffer.from(JSON.stringify(message)));
const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`p${i}`, i]));

it('one reading is read, or what is wrong with it', () => {
  expect(readJsonReading(reading())).toEqual({ reading: reading() });
  expect(readJsonReading(reading({ sensor: '' }))).toEqual({
    problem: expect.stringMatching(/^sensor: /),
  });
});

it('as many values as a block holds are taken', () => {
  expect(read(reading({ values: many(64) }))).toEqual({ readings: [reading({ values: many(64) })] });
});

it('a time without a zone is told how to write one', () => {
  expect(read(reading({ measuredAt: '2026-01-01T00:30:00' }))).toEqual({
    problem: expect.stringContaining('write a time with its zone, such as 2026-06-01T12:00:00Z'),
  });
});

it.each([
  [9, 9, ''],
  [10, 10, ''],
  [11, 10, ' and 1 more'],
])('of %d problems %d are told%s', (wrong, told, more) => {
  const found = read(Array.from({ length: wrong }, () => reading({ sensor: 'a/b' })));
  const { problem } = found as { problem: string };
  const parts = problem.split('; ');
  expect(parts).toHaveLength(told);
  expect(parts.at(-1)).toMatch(new RegExp(`^${told - 1}\\.sensor: .*[^\\d]${more}$`));
  expect(problem.includes('more')).toBe(more !== '');
});

it('readings of a sensor with the same properties in another order share a block', () => {
  const blocks = blocksOfJson(
    [reading({ values: { a: 1, b: 2 } }), reading({ values: { b: 3, a: 4 } }), reading({ values: { a: 5 } })],
    7_000,
  );
  expect(blocks.map(({ sensor, type, rules, properties }) => ({ sensor, type, rules, properties }))).toEqual([
    { sensor: 'rain', type: 'weather', rules: '', properties: ['a', 'b'] },
    { sensor: 'rain', type: 'weather', rules: '', properties: ['a'] },
  ]);
  expect(rowsOf(blocks[0]!).map(({ values, causes }) => [values, causes])).toEqual([
    [
      [1, 2],
      [0, 0],
    ],
    [
      [4, 3],
      [0, 0],
    ],
  ]);
});
