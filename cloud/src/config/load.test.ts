import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError } from '@wellhead/host';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadCloudConfig } from './load.ts';

const cases = fileURLToPath(new URL('./cases/', import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wellhead-config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function load(text: string) {
  const file = join(folder, 'cloud.yaml');
  writeFileSync(file, text);
  return loadCloudConfig(file);
}

function problemsOf(run: () => unknown): readonly string[] {
  try {
    run();
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

it('has a default for everything, with and without a file', () => {
  const { config, types, sites, data } = loadCloudConfig(undefined);
  expect(config).toMatchObject({ broker: { host: '127.0.0.1', port: 1883 }, http: { port: 8080 } });
  expect(data).toBe('./wellhead-cloud-data');
  expect(types.has('groundwater')).toBe(true);
  expect(sites.size).toBe(0);
  expect(load('# empty\n')).toMatchObject({ config, data: join(folder, 'wellhead-cloud-data') });
});

it('reads the sites beside the file', () => {
  mkdirSync(join(folder, 'sites'));
  writeFileSync(join(folder, 'sites', 'kent.yaml'), 'site: kent\ntitle: Kent\n');
  writeFileSync(join(folder, 'sites', 'notes.txt'), 'no site');
  const { sites } = load('sites: sites');
  expect([...sites.keys()]).toEqual(['kent']);
});

it('says which site file is no YAML', () => {
  mkdirSync(join(folder, 'sites'));
  writeFileSync(join(folder, 'sites', 'kent.yaml'), 'site: [kent\n');
  expect(problemsOf(() => load('sites: sites'))).toEqual([
    expect.stringMatching(/^sites: kent\.yaml is not YAML/),
  ]);
});

it('says everything that is wrong with a thoroughly bad file at once, with path and remedy', () => {
  const problems = problemsOf(() => loadCloudConfig(join(cases, 'bad.yaml')));
  const told = problems.map((problem) => problem.replaceAll(cases, ''));
  const expected = readFileSync(join(cases, 'bad.problems'), 'utf8').trimEnd().split('\n');
  expect(told).toEqual(expected);
});

describe('cross-checks', () => {
  it.each(['0.0.0.0', '::', 'example.org'])('want credentials where the broker listens on %s', (host) => {
    expect(problemsOf(() => load(`broker: { host: "${host}" }`))).toEqual([
      expect.stringMatching(/^broker\.credentials: .* listen on 127\.0\.0\.1$/),
    ]);
    const list = '[{ site: s, gateway: g, password: "12345678" }]';
    expect(problemsOf(() => load(`broker: { host: "${host}", credentials: ${list} }`))).toEqual([]);
  });

  it('find a gateway that is listed twice', () => {
    const one = '{ site: s, gateway: g, password: "12345678" }';
    expect(problemsOf(() => load(`broker: { credentials: [${one}, ${one}] }`))).toEqual([
      'broker.credentials.1: s/g is listed twice; keep one',
    ]);
  });

  it.each([
    ['is not there', 'sites: none', /^sites: there is no folder .*none; make it, or remove the key$/],
    ['is a file', 'sites: cloud.yaml', /^sites: the folder .*cloud\.yaml cannot be read/],
  ])('find that the folder of sites %s', (_, text, problem) => {
    expect(problemsOf(() => load(text))).toEqual([expect.stringMatching(problem)]);
  });
});

describe('the store', () => {
  it('is DuckDB where nothing is said, and takes the keys of its kind only', () => {
    expect(load('store: { threads: 3 }').config.store).toMatchObject({ kind: 'duckdb', threads: 3 });
    const elasticsearch = 'kind: elasticsearch, nodes: ["https://es-1:9200"]';
    expect(load(`store: { ${elasticsearch} }`).config.store).toEqual({
      kind: 'elasticsearch',
      nodes: ['https://es-1:9200'],
      prefix: 'wellhead',
      linger: 1_000,
    });
    expect(problemsOf(() => load(`store: { ${elasticsearch}, threads: 3 }`))).toEqual([
      'store.threads: there is no such key; check its spelling or remove it',
    ]);
  });

  it('is one of those there are', () => {
    expect(problemsOf(() => load('store: { kind: paper }'))).toEqual([
      'store.kind: choose duckdb or elasticsearch',
    ]);
    expect(problemsOf(() => load('store: { kind: elasticsearch, nodes: [es-1] }'))).toEqual([
      'store.nodes.0: write an address such as https://es-1:9200',
    ]);
  });
});

it('says what processes with different roles have to share', () => {
  expect(problemsOf(() => load('roles: [bridge]\n'))).toEqual([
    'bridge.url: the bridge runs without the embedded broker; name the broker it is to join',
    'log.kind: bridge and indexer in different processes need a log they share; use kafka',
  ]);
  expect(problemsOf(() => load('roles: [api]\n'))).toEqual([
    'store.kind: indexer and api in different processes need a store they share; use elasticsearch',
  ]);
  const split = `roles: [api]
bridge: { url: "mqtt://broker:1883" }
log: { kind: kafka, brokers: ["kafka:9092"] }
store: { kind: elasticsearch, nodes: ["http://es:9200"] }
`;
  expect(load(split).config.roles).toEqual(['api']);
});
