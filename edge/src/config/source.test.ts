// The keys of files and feeds: what is usual, what is refused, and what the cross-checks find.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '@wellhead/host';
import { afterAll, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { loadEdgeConfig } from './load.ts';

const folder = mkdtempSync(join(tmpdir(), 'wellhead-sources-'));
afterAll(() => rmSync(folder, { recursive: true }));

function load(...sensors: object[]) {
  const file = join(folder, 'gateway.yaml');
  const head = { site: 's', gateway: 'g', uplink: { url: 'mqtt://127.0.0.1' } };
  const typed = sensors.map((sensor, i) => ({ id: `b${i}`, type: 'groundwater', ...sensor }));
  writeFileSync(file, stringify({ ...head, sensors: typed }));
  return loadEdgeConfig(file);
}

function problems(...sensors: object[]): readonly string[] {
  try {
    load(...sensors);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

const url = 'https://station.example.org/now';
const http = (more: object = {}) => ({ http: { url, ...more } });
const file = (more: object = {}) => ({ file: { path: 'log.csv', ...more } });

it('fills in what is usual', () => {
  const { config, beside } = load(http(), file({ columns: 'date,time,sec,-,ph' }));
  expect(config.sensors[0]!.http).toMatchObject({
    format: 'json',
    offset: 0,
    timeout: 10_000,
    retries: 2,
    maxBody: 1024 ** 2,
  });
  expect(config.sensors[1]!.file).toEqual({
    path: 'log.csv',
    every: 5_000,
    columns: ['date', 'time', 'sec', '-', 'ph'],
    delimiter: ',',
    decimal: '.',
    skip: 0,
    encoding: 'utf-8',
    maxLine: 16_384,
  });
  expect(beside('log.csv')).toBe(join(folder, 'log.csv'));
});

it.each<[object, string]>([
  [http({ url: 'ftp://x' }), 'sensors.0.http.url: an address such as https'],
  [http({ url: 'http://me:secret@x/' }), 'sensors.0.http.url: put name and password under authentication'],
  [http({ authentication: {} }), 'sensors.0.http.authentication: give username with'],
  [http({ authentication: { username: 'a' } }), 'sensors.0.http.authentication: give username with'],
  [http({ authentication: { token: 'a', tokenFile: 'b' } }), 'sensors.0.http.authentication: give'],
  [http({ authentication: { username: 'a', password: 'b', token: 'c' } }), 'authentication: give'],
  [http({ headers: { 'two words': 'x' } }), 'sensors.0.http.headers.two words: Invalid key'],
  [http({ records: 'a[' }), 'sensors.0.http.records: a path such as data.items'],
  [http({ values: { ph: 3 } }), 'sensors.0.http: in JSON and XML time and values are paths'],
  [http({ zone: 'CET' }), 'sensors.0.http.zone: an offset from UTC'],
  [http({ timeFormat: 'HH:mm' }), 'sensors.0.http.timeFormat: year, month and day'],
  [{ ...http(), ...file() }, 'sensors.0: give one of mqtt'],
  [file({ columns: 'sec,ph' }), 'sensors.0.file: columns must name the time'],
  [file({ columns: 'time,ph', values: { ph: 'x' } }), 'sensors.0.file: give either columns'],
  [file({ every: '1ms' }), 'sensors.0.file.every: at least 100ms'],
])('%j is refused: %s', (sensor, problem) => {
  expect(problems(sensor)).toContainEqual(expect.stringContaining(problem));
});

it('properties that the type does not have, or that are named twice, are found', () => {
  expect(
    problems(
      http({ values: { salt: 'x', ph: 'y' } }),
      file({ columns: 'date,time,mud,-,ph,ph' }),
      file({ values: { sand: 'x' } }),
    ),
  ).toEqual([
    expect.stringMatching(/^sensors\.0\.http\.values\.salt: groundwater has no property salt/),
    expect.stringMatching(/^sensors\.1\.file\.columns\.2: groundwater has no property mud/),
    'sensors.1.file.columns: ph is named twice; a property has one source',
    expect.stringMatching(/^sensors\.2\.file\.values\.sand: groundwater has no property sand/),
  ]);
});

it('they listen to no topics', () => {
  expect(problems(http(), file(), { mqtt: [{ topic: 'sensors/b0' }, { topic: 'sensors/b1' }] })).toEqual([]);
});
