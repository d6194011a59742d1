// For the tests of drivers: a simulated instrument, and the drivers that a configuration file would start.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { edgeConfigSchema } from '../config/schema.ts';
import { sonde } from '../parts.testing.ts';
import type { SensorDriver } from '../reading/sensor-driver.ts';
import type { TestHost } from './driver-host.testing.ts';
import { drivers } from './registry.ts';
import { hasPseudoTerminals, type SimulatedDevice, startDevice } from './simulated-device.testing.ts';
import { startDrivers } from './start-drivers.ts';

const folder = mkdtempSync(join(tmpdir(), 'wellhead-lines-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let lines = 0;

export type Way = 'tcp' | 'pty';
/** Why this way cannot be tested here. */
export const skipOf = (way: Way) =>
  way === 'pty' && !hasPseudoTerminals ? 'socat is not installed: no pseudo-terminals' : undefined;

/** Starts the instrument, and the drivers that a configuration file with these sensors would start. */
export async function startRig(
  host: TestHost,
  options: { way: Way; device: string[]; sensors: object[]; modbus?: 'tcp' | 'rtu' },
): Promise<{ driver: SensorDriver; device: SimulatedDevice }> {
  const pty = join(folder, `line-${++lines}`);
  const device = await startDevice(...options.device, ...(options.way === 'pty' ? ['--pty', pty] : []));
  const bus =
    options.way === 'pty'
      ? { id: 'bus', serial: { path: pty } }
      : { id: 'bus', tcp: { host: '127.0.0.1', port: device.port, modbus: options.modbus ?? 'tcp' } };
  const { buses, sensors } = edgeConfigSchema.parse({
    site: 's',
    gateway: 'g',
    uplink: { url: 'mqtt://127.0.0.1' },
    buses: [bus],
    sensors: options.sensors,
  });
  const typed = sensors.map((sensor) => ({ ...sensor, type: sonde }));
  const driver = startDrivers({ drivers, buses, sensors: typed, host, beside: (path) => path });
  return { driver, device };
}

/** Starts the drivers of files and feeds that a configuration file with these sensors would start. */
export function startSources(host: TestHost, sensors: object[]): SensorDriver {
  const config = edgeConfigSchema.parse({
    site: 's',
    gateway: 'g',
    uplink: { url: 'mqtt://127.0.0.1' },
    sensors,
  });
  const typed = config.sensors.map((sensor) => ({ ...sensor, type: sonde }));
  return startDrivers({ drivers, buses: [], sensors: typed, host, beside: (path) => path });
}

export const asks = { everyMs: 250, timeoutMs: 100 };
/** The same as keys of a configuration file. */
export const turns = { every: '250ms', timeout: '100ms', retries: 1 };
export const ids = ['b1', 'b2', 'b3'];
