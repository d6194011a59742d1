import { isoTime } from '@wellhead/protocol';
import { DataType, TimeUnit, tableFromIPC } from 'apache-arrow';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { tableOf } from '../../store/reading-table.ts';
import { storeWith } from '../../store/store-with.testing.ts';
import type { ProblemBody } from '../http/problem.ts';
import { batchOf, openTestApi, type TestApi } from '../open-api.testing.ts';
import { arrowPieces } from './arrow-pieces.ts';
import type { FileDescription } from './describe-file.ts';

const licence = 'https://creativecommons.org/licenses/by/4.0/';
const start = Date.UTC(1969, 11, 31);
const odd = [
  '(na)',
  true,
  null,
  -0,
  0.1 + 0.2,
  "'quoted",
  'grün 水',
  undefined,
  5e-324,
  Number.NaN,
  'x',
] as const;
const count = 20_000;
const readings = Array.from({ length: count }, (_, i) => ({
  seq: i + 1,
  measuredAt: start + i * 4_321,
  values: [i % 100 < odd.length ? odd[i % 100] : Math.sin(i) * 28, i / 7],
  causes: [i % 9 === 0 ? 10 : 0, 0],
}));

let api: TestApi;
let breaksAfter = Number.POSITIVE_INFINITY;
let given = 0;

beforeAll(async () => {
  api = await openTestApi({
    licence,
    wrapStore: (store) =>
      storeWith(store, {
        async *scan(query) {
          given = 0;
          for await (const table of store.scan(query)) {
            if (++given > breaksAfter) throw new Error('the disk is gone');
            yield table;
          }
        },
      }),
  });
  await api.store.write([batchOf({ properties: ['water_level', 'count'] }, readings)]);
});
afterAll(() => api.close());

const ask = (query: string, more: RequestInit = {}) =>
  fetch(`${api.url}/api/v1/export?site=lancashire&sensor=emb3${query}`, more);
const askArrow = async (query = '') =>
  new Uint8Array(await (await ask(`&format=arrow${query}`)).arrayBuffer());

it('an export as Arrow holds the same doubles, texts, flags and causes as in CSV', async () => {
  const csv = parse(await (await ask('')).text(), { columns: true }) as Record<string, string>[];
  const table = tableFromIPC(await askArrow());
  expect(table.numRows).toBe(count);
  expect(table.batches).toHaveLength(given);
  const names = table.schema.fields.map(({ name }) => name);
  expect(names.filter((name) => !name.endsWith('_text'))).toEqual(Object.keys(csv[0]!));
  const columns = new Map(names.map((name) => [name, [...table.getChild(name)!]]));
  const at = (name: string, i: number) => columns.get(name)![i];
  for (const [i, row] of csv.entries()) {
    for (const name of ['water_level', 'count']) {
      const [value, text] = [at(name, i), at(`${name}_text`, i)];
      const cell = row[name]!;
      const same = cell === '' ? value === null && text === null : Object.is(value, Number(cell));
      if (!same && text !== cell.replace(/^'/, '') && !(cell === 'NaN' && Number.isNaN(value)))
        throw new Error(`${name} of row ${i} is ${value} or ${text}, and in CSV ${cell}`);
    }
    const told = [
      'origin',
      'timeCause',
      'water_level_flag',
      'water_level_cause',
      'seq',
      'revision',
      'timeFlag',
    ];
    for (const name of told)
      if (String(at(name, i) ?? '') !== row[name]) throw new Error(`${name} of row ${i} differs`);
    if (isoTime(Number(at('measuredAt', i))) !== row.measuredAt)
      throw new Error(`the time of row ${i} differs`);
  }
});

it('its columns have the types that readers expect, and it carries its description and licence', async () => {
  const answer = await ask('&format=arrow&to=1970-01-01&from=1969-12-31T23:00Z');
  expect(answer.headers.get('content-type')).toBe('application/vnd.apache.arrow.stream');
  expect(answer.headers.get('content-disposition')).toContain('lancashire_emb3_1969-12-31_1970-01-01.arrows');
  const { schema } = tableFromIPC(new Uint8Array(await answer.arrayBuffer()));
  const typeOf = (name: string) => schema.fields.find((field) => field.name === name)!.type;
  for (const name of ['measuredAt', 'receivedAt', 'storedAt']) {
    const type = typeOf(name);
    if (!DataType.isTimestamp(type)) throw new Error(`${name} is no time`);
    expect([type.unit, type.timezone]).toEqual([TimeUnit.MILLISECOND, 'UTC']);
  }
  expect(String(typeOf('water_level'))).toBe('Float64');
  expect(String(typeOf('water_level_flag'))).toBe('Uint8');
  expect(String(typeOf('water_level_cause'))).toBe('Utf8');
  expect(schema.metadata.get('license')).toBe(licence);
  expect(JSON.parse(schema.metadata.get('csvw')!)).toMatchObject({ 'dc:license': licence });
});

it('is whole where the range holds nothing: columns without rows', async () => {
  const table = tableFromIPC(await askArrow('&to=1900-01-01'));
  expect(table.numRows).toBe(0);
  expect(table.schema.fields.map(({ name }) => name)).toContain('water_level');
});

it('takes one table at a time, and the next when its piece is taken', async () => {
  let taken = 0;
  async function* tables() {
    for (; taken < 3; taken++) yield { sensor: 'emb3', table: tableOf([], ['x']) };
  }
  const description = { 'dc:title': 'x' } as FileDescription;
  const pieces = arrowPieces({ properties: ['x'], namesSensor: false, tables: tables(), description });
  expect(taken).toBe(0);
  for (const before of [0, 1, 2]) {
    await pieces.next();
    expect(taken).toBe(before);
  }
});

it('breaks the connection when the store breaks in the middle, and gives a status when at once', async () => {
  try {
    breaksAfter = 2;
    const answer = await ask('&format=arrow');
    expect(answer.status).toBe(200);
    await expect(answer.arrayBuffer()).rejects.toThrow();
    expect(api.errors.at(-1)?.message).toBe('the disk is gone');
    breaksAfter = 0;
    expect((await ask('&format=arrow')).status).toBe(500);
  } finally {
    breaksAfter = Number.POSITIVE_INFINITY;
  }
});

it('is not made for HEAD, which says what to use', async () => {
  const answer = await ask('&format=arrow', { method: 'HEAD' });
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET']);
  const refused = await ask('&format=feather');
  expect(((await refused.json()) as ProblemBody).problems[0]?.message).toContain('parquet or arrow');
});
