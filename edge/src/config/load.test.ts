import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError } from '@wellhead/host';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadEdgeConfig } from './load.ts';

const cases = fileURLToPath(new URL('./cases/', import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wellhead-config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function load(text: string) {
  const file = join(folder, 'gateway.yaml');
  writeFileSync(file, text);
  return loadEdgeConfig(file);
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

const head = 'site: s\ngateway: g\nuplink: { url: "mqtt://127.0.0.1" }\n';
const withSensors = (sensors: string, more = '') =>
  problemsOf(() => load(`${head}${more}sensors:\n${sensors}`));

describe('the smallest file', () => {
  it('has a default for everything else', () => {
    const { config, types, data } = load(`${head}sensors: [{ id: b1, type: groundwater }]`);
    expect(config).toMatchObject({
      broker: { host: '127.0.0.1', port: 1884, maxPacket: 65_536 },
      journal: { budget: 2 * 1024 ** 3, whenFull: 'refuse' },
      uplink: { keepalive: 30_000, retry: { first: 1_000, max: 60_000 }, freshFor: 7_200_000 },
    });
    expect(config.health.port).toBeUndefined();
    expect(types.get('groundwater')?.properties.length).toBeGreaterThan(3);
    expect(data).toBe(join(folder, 'wellhead-edge-data'));
  });

  it('cannot be changed by the program', () => {
    const { config } = load(`${head}sensors: [{ id: b1, type: groundwater }]`);
    expect(() => (config.sensors as unknown[]).push({})).toThrow(TypeError);
    expect(() => Object.assign(config.broker, { port: 1 })).toThrow(TypeError);
  });
});

it('takes sensor types from a folder beside the file, also over its own', () => {
  mkdirSync(join(folder, 'types'));
  writeFileSync(
    join(folder, 'types', 'groundwater.yaml'),
    'type: groundwater\ntitle: Mine\nversion: 9\ninterval: 1m\nproperties: [{ name: level, title: Level, unit: m }]',
  );
  const { types } = load(`${head}sensorTypes: [types]\nsensors: [{ id: b1, type: groundwater }]`);
  expect(types.get('groundwater')?.title).toBe('Mine');
});

it('says everything that is wrong with a thoroughly bad file at once, with path and remedy', () => {
  const problems = problemsOf(() => loadEdgeConfig(join(cases, 'bad.yaml')));
  const told = problems.map((problem) => problem.replaceAll(cases, ''));
  const expected = readFileSync(join(cases, 'bad.problems'), 'utf8').trimEnd().split('\n');
  expect(told).toEqual(expected);
});

describe('cross-checks', () => {
  it('find an unknown sensor type and name the known ones', () => {
    expect(withSensors('  - { id: b1, type: barometer }')).toEqual([
      expect.stringMatching(/^sensors\.0\.type: there is no sensor type barometer; known are .*groundwater/),
    ]);
  });

  it('find properties that the type does not have', () => {
    const sensor =
      '  - { id: b1, type: groundwater, quality: { depth: {} }, mqtt: [{ topic: t, values: { salt: x } }, { topic: u, property: mud }] }';
    expect(withSensors(sensor)).toEqual([
      expect.stringMatching(/^sensors\.0\.quality: groundwater has no property depth; it has .*ph/),
      expect.stringMatching(/^sensors\.0\.mqtt\.0: groundwater has no property salt/),
      expect.stringMatching(/^sensors\.0\.mqtt\.1: groundwater has no property mud/),
    ]);
  });

  it('find names and topics that are used twice', () => {
    const sensors = `  - { id: b1, type: groundwater }
  - { id: b1, type: groundwater }
  - { id: b2, type: groundwater, mqtt: [{ topic: t }, { topic: sensors/b1 }] }
  - { id: b3, type: groundwater, mqtt: [{ topic: t }] }`;
    expect(withSensors(sensors)).toEqual([
      'sensors.1.id: b1 is used twice; give each sensor its own name',
      'sensors.2.mqtt.1.topic: sensors/b1 is taken by sensor b1 already',
      'sensors.3.mqtt.0.topic: t is taken by sensor b2 already',
    ]);
  });

  it.each(['0.0.0.0', '::', '192.168.1.7'])('want users where a broker listens on %s', (host) => {
    const broker = `broker: { host: "${host}" }\n`;
    const sensor = '  - { id: b1, type: groundwater }';
    expect(withSensors(sensor, broker)).toEqual([
      expect.stringMatching(/^broker\.users: .* listen on 127\.0\.0\.1$/),
    ]);
    const users = `broker: { host: "${host}", users: [{ username: u, password: "12345678" }] }\n`;
    expect(withSensors(sensor, users)).toEqual([]);
  });

  it('speak although the schema found something too, and the other way round', () => {
    const problems = problemsOf(() =>
      load('site: s\nsensors:\n  - { id: b1, type: barometer, colour: red }\n  - 5\n'),
    );
    expect(problems).toEqual([
      'gateway: is missing; give a string',
      expect.stringMatching(/^uplink: is missing/),
      expect.stringMatching(/^sensors\.0\.colour: there is no such key/),
      expect.stringMatching(/^sensors\.1: /),
      expect.stringMatching(/^sensors\.0\.type: there is no sensor type barometer/),
    ]);
  });

  it('tell of bad sensor types together with the rest, and call no type unknown then', () => {
    mkdirSync(join(folder, 'types'));
    writeFileSync(join(folder, 'types', 'a.yaml'), 'type: a\n');
    const text = 'site: s\nsensorTypes: [types, none]\nsensors: [{ id: b1, type: a }, { id: b1, type: b }]';
    expect(problemsOf(() => load(text))).toEqual([
      'gateway: is missing; give a string',
      expect.stringMatching(/^uplink: is missing/),
      expect.stringMatching(/^sensorTypes: a\.yaml: title: is missing.*properties: is missing/),
      expect.stringMatching(/^sensorTypes: the sensor-types folder .*none cannot be read/),
      expect.stringMatching(/^sensors\.1\.id: b1 is used twice/),
    ]);
  });
});

describe('a file that cannot be read', () => {
  it('is said to be missing', () => {
    expect(() => loadEdgeConfig(join(folder, 'none.yaml'))).toThrow(
      expect.objectContaining({ code: 'CONFIG_UNREADABLE', message: expect.stringContaining('none.yaml') }),
    );
  });

  it('is said to be no YAML, every error at once', () => {
    expect(() => load('site: [a\ngateway: "b\n')).toThrow(
      expect.objectContaining({ code: 'CONFIG_UNREADABLE' }),
    );
  });

  it.each(['', '# nothing\n', '[]', '5', 'text'])(
    'is not taken for a configuration when it is "%s"',
    (text) => {
      expect(() => load(text)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
    },
  );
});
