// The Modbus driver against a slave that nobody here wrote.
import { afterAll, describe, expect, it, vi } from 'vitest';
import { edgeConfigSchema } from '../../edge/src/config/schema.ts';
import { TestHost } from '../../edge/src/driver/driver-host.testing.ts';
import { drivers } from '../../edge/src/driver/registry.ts';
import { startDrivers } from '../../edge/src/driver/start-drivers.ts';
import { parseSensorType } from '../../protocol/src/index.ts';
import { startPymodbus } from './pymodbus.ts';

const slave = await startPymodbus();
const missing = 'missing' in slave ? slave.missing : undefined;

const type = parseSensorType(
  `
type: all
title: All
version: 1
interval: 1h
properties:
  - { name: pressure, title: Pressure, unit: hPa }
  - { name: temperature, title: Temperature, unit: "°C" }
  - { name: below, title: Below zero, unit: "°C" }
  - { name: level, title: Level, unit: m }
  - { name: gas, title: Gas, unit: mbar }
`,
  'all.yaml',
);

describe.skipIf(missing !== undefined)(`pymodbus${missing === undefined ? '' : ` (${missing})`}`, () => {
  afterAll(() => ('close' in slave ? slave.close() : undefined));

  const start = (sensors: object[]) => {
    const host = new TestHost();
    const config = edgeConfigSchema.parse({
      site: 's',
      gateway: 'g',
      uplink: { url: 'mqtt://127.0.0.1' },
      buses: [{ id: 'bus', serial: { path: 'path' in slave ? slave.path : '' } }],
      sensors,
    });
    const typed = config.sensors.map((sensor) => ({ ...sensor, type }));
    const options = { drivers, buses: config.buses, sensors: typed, host };
    const driver = startDrivers({ ...options, beside: (path) => path });
    return { host, driver };
  };
  const often = { bus: 'bus', every: '200ms', timeout: '500ms' };

  it.each(['holding', 'input'])('reads %s registers of every kind', async (kind) => {
    const { host, driver } = start([
      {
        id: 'a',
        type: 'all',
        modbus: {
          ...often,
          registers: [
            { property: 'temperature', kind, address: 0, scale: 0.1 },
            { property: 'pressure', kind, address: 1 },
            { property: 'below', kind, address: 2, type: 'int16' },
            { property: 'level', kind, address: 3, type: 'float32' },
            { property: 'gas', kind, address: 5, missing: [32767] },
          ],
        },
      },
    ]);
    await vi.waitFor(() => expect(host.readings.length).toBeGreaterThan(2), { timeout: 10_000 });
    expect(host.readings[0]!.values).toEqual([1013, 23.5, -5, 16.38, null]);
    expect(host.counted('polls_failed_total', 'a')).toBe(0);
    await driver.close();
  });

  it('says what the device says: an unknown register, a unit that is not there', async () => {
    const registers = [{ property: 'level', address: 100 }];
    const { host, driver } = start([
      { id: 'a', type: 'all', modbus: { ...often, registers } },
      { id: 'b', type: 'all', modbus: { ...often, unit: 9, registers } },
    ]);
    await vi.waitFor(
      () => {
        expect(host.said.join('\n')).toMatch(/"a","reason":"Modbus exception 2/);
        expect(host.said.join('\n')).toMatch(/"b","reason":"(Modbus exception|no answer)/);
      },
      { timeout: 10_000 },
    );
    expect(host.readings).toEqual([]);
    await driver.close();
  });
});
