import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '@wellhead/host';
import { afterAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { loadEdgeConfig } from './load.ts';

const folder = mkdtempSync(join(tmpdir(), 'wellhead-buses-'));
afterAll(() => rmSync(folder, { recursive: true }));

function load(sensors: object[], buses: object[] = [serial('a'), serial('b')]) {
  const file = join(folder, 'gateway.yaml');
  const head = { site: 's', gateway: 'g', uplink: { url: 'mqtt://127.0.0.1' } };
  writeFileSync(
    file,
    stringify({ ...head, buses, sensors: sensors.map((s) => ({ type: 'groundwater', ...s })) }),
  );
  return loadEdgeConfig(file).config;
}

function problems(...given: Parameters<typeof load>): readonly string[] {
  try {
    load(...given);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

const serial = (id: string) => ({ id, serial: { path: `/dev/tty-${id}` } });
const modbus = (id: string, more: object = {}) => ({
  id,
  modbus: { bus: 'a', registers: [{ property: 'ph', address: 0 }], ...more },
});
const sdi12 = (id: string, more: object = {}) => ({ id, sdi12: { bus: 'a', values: ['ph', '-'], ...more } });
const ascii = (id: string, more: object = {}) => ({ id, ascii: { bus: 'a', fields: ['ph', '-'], ...more } });

it('fills in what is usual', () => {
  const { buses, sensors } = load([modbus('m'), sdi12('s', { bus: 'b' })]);
  expect(buses[0]).toMatchObject({
    serial: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
    pause: 10,
  });
  expect(sensors[0]!.modbus).toMatchObject({
    unit: 1,
    offset: 0,
    timeout: 1_000,
    retries: 2,
    registers: [{ kind: 'holding', type: 'uint16', order: 'ABCD', scale: 1, offset: 0, missing: [] }],
  });
  expect(sensors[0]!.modbus!.every).toBeUndefined();
  expect(sensors[1]!.sdi12).toMatchObject({ address: '0', command: 'M', maxWait: 120_000 });
});

describe('the schema refuses', () => {
  it.each<[string, object[], object[] | undefined, string]>([
    [
      'two drivers',
      [{ ...modbus('m'), ...sdi12('m') }],
      undefined,
      'sensors.0: give one of mqtt, modbus, sdi12',
    ],
    ['a bus without a line', [modbus('m')], [{ id: 'a' }], 'buses.0: give either serial'],
    ['every nothing', [modbus('m', { every: '0s' })], undefined, 'sensors.0.modbus.every: more than nothing'],
    ['a unit that cannot be', [modbus('m', { unit: 300 })], undefined, 'sensors.0.modbus.unit: Too big'],
    [
      'an SDI-12 command that is none',
      [sdi12('s', { command: 'X' })],
      undefined,
      'sensors.0.sdi12.command: M, C or V',
    ],
    [
      'fields and a pattern',
      [ascii('t', { pattern: 'x' })],
      undefined,
      'sensors.0.ascii: give either pattern or fields',
    ],
    [
      'a pattern that is none',
      [ascii('t', { fields: undefined, pattern: '(' })],
      undefined,
      'sensors.0.ascii.pattern: a regular',
    ],
    [
      'an end and a length',
      [ascii('t', { frame: { end: 'x', length: 3 } })],
      undefined,
      'sensors.0.ascii.frame: give either',
    ],
  ])('%s', (_what, sensors, buses, problem) => {
    expect(problems(sensors, buses)).toContainEqual(expect.stringContaining(problem));
  });
});

describe('cross-checks find', () => {
  it('a bus that is not there', () => {
    expect(problems([modbus('m', { bus: 'c' })])).toEqual([
      'sensors.0.modbus.bus: there is no bus c; known are a, b',
    ]);
    expect(problems([modbus('m')], [])).toEqual([
      'sensors.0.modbus.bus: there is no bus a; there is none: list it under buses',
    ]);
  });

  it('names and ports that are used twice', () => {
    expect(problems([modbus('m')], [serial('a'), serial('a')])).toEqual([
      'buses.1.id: a is used twice; give each bus its own name',
      'buses.1: /dev/tty-a is bus a already; put its sensors on that one',
    ]);
    const tcp = (id: string, port?: number) => ({ id, tcp: { host: 'h', ...(port ? { port } : {}) } });
    expect(problems([modbus('m')], [tcp('a'), tcp('b', 502)])).toEqual([
      'buses.1: h:502 is bus a already; put its sensors on that one',
    ]);
  });

  it('addresses that are used twice, given or not', () => {
    expect(problems([modbus('m'), modbus('n', { unit: 1 })])).toEqual([
      'sensors.1.modbus: unit 1 on a is m already; each sensor has its own',
    ]);
    expect(problems([sdi12('s'), sdi12('t', { address: '0' })])).toEqual([
      'sensors.1.sdi12: address 0 on a is s already; each sensor has its own',
    ]);
    expect(problems([ascii('t', { request: 'R' }), ascii('u', { request: 'R' })])).toEqual([
      'sensors.1.ascii: request "R" on a is t already; each sensor has its own',
    ]);
  });

  it('units that cannot answer on a serial line', () => {
    expect(problems([modbus('m', { unit: 0 })])).toEqual([
      'sensors.0.modbus.unit: 0 cannot answer on a serial line; units are 1 to 247',
    ]);
    expect(problems([modbus('m', { unit: 0 })], [{ id: 'a', tcp: { host: 'h' } }])).toEqual([]);
  });

  it('protocols that do not go together on one line', () => {
    expect(problems([modbus('m'), sdi12('s')])).toEqual([
      'sensors.1.sdi12.bus: a speaks modbus with m; one bus speaks one protocol',
    ]);
    expect(problems([ascii('t'), ascii('u', { request: 'R' })])).toEqual([
      'sensors.1.ascii.bus: t is on a already, and a sensor that speaks by itself needs a bus of its own',
    ]);
  });

  it('properties that the type does not have, or that are named twice', () => {
    const registers = [
      { property: 'salt', address: 0 },
      { property: 'ph', address: 1 },
      { property: 'ph', address: 2 },
    ];
    const pattern = '(?<mud>.),(?<at>.),(?<ph>.)';
    expect(
      problems(
        [
          modbus('m', { registers }),
          sdi12('s', { bus: 'b', values: ['-', 'mud'] }),
          ascii('t', { bus: 'c', fields: undefined, pattern, time: 'at' }),
          ascii('u', { bus: 'd', fields: ['at', 'sand', '-'], time: 'at' }),
        ],
        ['a', 'b', 'c', 'd'].map(serial),
      ),
    ).toEqual([
      expect.stringMatching(
        /^sensors\.0\.modbus\.registers\.0\.property: groundwater has no property salt; it has .*ph/,
      ),
      'sensors.0.modbus.registers: ph is named twice; a property has one source',
      expect.stringMatching(/^sensors\.1\.sdi12\.values\.1: groundwater has no property mud/),
      expect.stringMatching(/^sensors\.2\.ascii\.pattern: groundwater has no property mud/),
      expect.stringMatching(/^sensors\.3\.ascii\.fields\.1: groundwater has no property sand/),
    ]);
  });

  it('no topics of sensors that are read in another way', () => {
    expect(problems([modbus('m'), { id: 'n', mqtt: [{ topic: 'sensors/m' }] }])).toEqual([]);
  });
});
