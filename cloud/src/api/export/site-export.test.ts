import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { loadSensorTypes } from '@wellhead/host';
import type { SensorType } from '@wellhead/protocol';
import { tableFromIPC } from 'apache-arrow';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StoredReading } from '../../store/reading-store.ts';
import type { ProblemBody } from '../http/problem.ts';
import { batchOf, openTestApi, type TestApi } from '../open-api.testing.ts';
import type { FileDescription } from './describe-file.ts';

type Row = Record<string, string>;
const start = Date.UTC(2024, 0, 1);
/** A river gauge that tells degrees in Fahrenheit. */
const river = loadSensorTypes().get('river')!;
const foreign: SensorType = {
  ...river,
  type: 'foreign-river',
  properties: river.properties.map((one) =>
    one.name === 'water_temperature' ? { ...one, unit: '°F', title: 'Temperature' } : one,
  ),
};
const series = (count: number, ...values: (number | string | null)[]) =>
  Array.from({ length: count }, (_, i) => ({
    seq: i + 1,
    measuredAt: start + i * 60_000,
    values: values.map((value) => (typeof value === 'number' ? value + i / 7 : value)),
  }));

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi({
    types: new Map([...loadSensorTypes(), [foreign.type, foreign]]),
    sites: new Map([
      [
        'lancashire',
        {
          site: 'lancashire',
          title: 'Lancashire',
          sensors: { well: { title: 'The well', datum: 'Ordnance Datum Newlyn' } },
        },
      ],
    ]),
  });
  const gauge = { sensor: 'gauge', type: 'river', properties: ['stage', 'water_temperature'] };
  const well = { sensor: 'well', type: 'groundwater', properties: ['water_level', 'water_temperature'] };
  await api.store.write([batchOf(well, series(3_000, 28, 10))]);
  await api.store.write([batchOf(gauge, series(5_000, '(na)', 4))]);
  for (const one of [
    { ...well, site: 'mixed' },
    { ...gauge, site: 'mixed', type: 'foreign-river' },
    { ...gauge, site: 'quiet', type: 'foreign-river', properties: ['stage'] },
    { ...well, site: 'quiet' },
  ])
    await api.store.write([batchOf(one, series(10, 1, 2))]);
});
afterAll(() => api.close());

const ask = (query: string) => fetch(`${api.url}/api/v1/export?${query}`);
const rowsOf = async (query: string) => parse(await (await ask(query)).text(), { columns: true }) as Row[];

describe('an export of a whole site', () => {
  it('is that of each sensor, one after another by name, with the name and all properties in each row', async () => {
    const answer = await ask('site=lancashire&from=2024-01-01&asOf=2025-01-01');
    expect(answer.headers.get('content-disposition')).toContain(
      '"lancashire_2024-01-01_now_as-of_2025-01-01.csv"',
    );
    const all = parse(await answer.text(), { columns: true }) as Row[];
    const columns = Object.keys(all[0]!);
    expect(columns.slice(0, 3)).toEqual(['sensor', 'measuredAt', 'seq']);
    expect(columns).toEqual(expect.arrayContaining(['stage', 'water_level_flag', 'water_temperature_cause']));
    expect(new Set(columns).size).toBe(columns.length);
    const alone: Row[] = [];
    for (const sensor of ['gauge', 'well'])
      for (const row of await rowsOf(`site=lancashire&sensor=${sensor}`))
        alone.push({ ...Object.fromEntries(columns.map((name) => [name, ''])), sensor, ...row });
    expect(all).toEqual(alone);
    expect(all).toHaveLength(8_000);
  });

  it('is in NDJSON the readings of both', async () => {
    const text = await (await ask('site=lancashire&format=ndjson&properties=water_temperature')).text();
    const readings = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as StoredReading);
    expect(readings.map(({ sensor }) => sensor)).toEqual([
      ...Array.from({ length: 5_000 }, () => 'gauge'),
      ...Array.from({ length: 3_000 }, () => 'well'),
    ]);
    expect(readings[5_001]?.values).toEqual({ water_temperature: 10 + 1 / 7 });
  });

  it('is in Arrow and Parquet the same as in CSV', async () => {
    const all = await rowsOf('site=lancashire');
    const expected = all.map(({ sensor, water_level }) => [
      sensor,
      water_level === '' ? null : Number(water_level),
    ]);
    const arrow = tableFromIPC(
      new Uint8Array(await (await ask('site=lancashire&format=arrow')).arrayBuffer()),
    );
    const [sensors, levels] = [arrow.getChild('sensor')!, arrow.getChild('water_level')!];
    expect(all.map((_, i) => [sensors.get(i), levels.get(i)])).toEqual(expected);
    expect(arrow.getChild('stage_text')!.get(0)).toBe('(na)');
    const folder = await mkdtemp(join(tmpdir(), 'site-export-test-'));
    try {
      const path = join(folder, 'site.parquet');
      await writeFile(path, Buffer.from(await (await ask('site=lancashire&format=parquet')).arrayBuffer()));
      const connection = await (await DuckDBInstance.create(':memory:')).connect();
      const found = await connection.run(`SELECT sensor, water_level FROM '${path}' ORDER BY sensor, seq`);
      expect(await found.getRows()).toEqual(expected);
      connection.closeSync();
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('is described with the titles, units and datums of all', async () => {
    const links = (await ask('site=lancashire')).headers.get('link')!;
    const address = /<([^>]+)>; rel="describedby"/.exec(links)![1]!;
    const description = (await (await fetch(api.url + address)).json()) as FileDescription;
    expect(description).toMatchObject({
      url: '/api/v1/export?site=lancashire',
      'dc:title': 'Lancashire (lancashire)',
      'wellhead:sensors': [
        { name: 'gauge', titles: 'gauge', type: 'river' },
        { name: 'well', titles: 'The well', type: 'groundwater', 'wellhead:datum': 'Ordnance Datum Newlyn' },
      ],
    });
    const unitOf = (name: string) =>
      description.tableSchema.columns.find((column) => column.name === name)?.['wellhead:unit'];
    expect(['stage', 'water_level', 'water_temperature'].map(unitOf)).toEqual([
      'm above gauge zero',
      'm above datum',
      '°C',
    ]);
    const [header] = (await (await ask('site=lancashire')).text()).split('\n');
    expect(description.tableSchema.columns.map(({ name }) => name).join()).toBe(header);
  });

  it('is refused where one property has several units, by name and with what to do', async () => {
    for (const path of ['export', 'export/metadata']) {
      const refused = await fetch(`${api.url}/api/v1/${path}?site=mixed`);
      const problem = (await refused.json()) as ProblemBody;
      expect([refused.status, problem.code]).toEqual([409, 'MIXED_UNITS']);
      expect(problem.detail).toContain(
        'water_temperature is in several units at mixed: °F (gauge), °C (well)',
      );
      expect(problem.detail).toContain('Export each sensor by itself');
    }
    expect((await ask('site=mixed&sensor=gauge')).status).toBe(200);
    expect(await rowsOf('site=mixed&properties=stage,water_level')).toHaveLength(20);
    // The gauge could tell temperatures, and never did.
    expect(await rowsOf('site=quiet')).toHaveLength(20);
  });

  it('is refused where there is no such site or property', async () => {
    const unknown = await ask('site=york');
    expect(unknown.status).toBe(404);
    const problem = (await unknown.json()) as ProblemBody;
    expect(problem.detail).toContain('There is no sensor at york');
    expect(JSON.stringify(problem.problems)).toContain('lancashire, mixed');
    const salt = (await (await ask('site=lancashire&properties=salt')).json()) as ProblemBody;
    expect(salt.problems[0]?.message).toMatch(/^lancashire has no salt; it has stage,/);
  });
});
