// Starts what reads the sensors that do not publish by MQTT: one driver for each bus, one for each source.
import type { SensorType } from '@wellhead/protocol';
import type { SensorDriver, SourceHost } from '../reading/sensor-driver.ts';
import type { AnyDriver, DriverSensor } from './driver-entry.ts';
import { startPoller } from './poll/poller.ts';
import type { BusConfig } from './serial-bus/config.ts';
import { openBus } from './serial-bus/open-bus.ts';

/** A sensor as configured: under the name of its driver are the keys that the driver's schema has read. */
export interface ConfiguredSensor {
  readonly id: string;
  readonly type: SensorType;
}

export interface StartOptions {
  readonly drivers: Readonly<Record<string, AnyDriver>>;
  readonly buses: readonly BusConfig[];
  readonly sensors: readonly ConfiguredSensor[];
  readonly host: SourceHost;
  /** The path of what the configuration names relative to itself. */
  readonly beside: (path: string) => string;
}

/** All of them read at the same time, none waits for another. */
export function startDrivers({ drivers, buses, sensors, host, beside }: StartOptions): SensorDriver {
  const started = Object.entries(drivers).flatMap(([name, driver]): SensorDriver[] => {
    const mine = sensors.flatMap((sensor) => driverSensor(sensor, name));
    if (driver.kind === 'broker' || mine.length === 0) return [];
    if (driver.kind === 'source') return mine.map((sensor) => driver.start(sensor, host, beside));
    return buses.flatMap((bus) => {
      const there = mine.filter(({ config }) => driver.busOf(config) === bus.id);
      return there.length === 0 ? [] : [startOnBus(driver, there, bus, host)];
    });
  });
  return {
    async close() {
      await Promise.all(started.map((driver) => driver.close()));
    },
  };
}

/** The driver's keys of this sensor; none where it is another driver's. */
function driverSensor(sensor: ConfiguredSensor, name: string): DriverSensor<unknown>[] {
  const config = (sensor as unknown as Readonly<Record<string, unknown>>)[name];
  return config === undefined ? [] : [{ id: sensor.id, type: sensor.type, config }];
}

type AnyBusDriver = Extract<AnyDriver, { kind: 'bus' }>;

/** The driver of a sensor that hangs on a bus, with its keys. */
export function findBusDriver(
  drivers: StartOptions['drivers'],
  sensor: ConfiguredSensor,
): { driver: AnyBusDriver; sensor: DriverSensor<unknown>; bus: string } | undefined {
  for (const [name, driver] of Object.entries(drivers)) {
    const [mine] = driverSensor(sensor, name);
    if (mine !== undefined && driver.kind === 'bus')
      return { driver, sensor: mine, bus: driver.busOf(mine.config) };
  }
  return undefined;
}

function startOnBus(
  driver: AnyBusDriver,
  sensors: readonly DriverSensor<unknown>[],
  config: BusConfig,
  host: SourceHost,
): SensorDriver {
  const bus = openBus(config, host);
  const on = { bus, config };
  const devices = driver.devicesOn(sensors, on);
  const running =
    devices === undefined ? driver.listen!(sensors[0]!, on, host) : startPoller({ devices, host });
  let closing: Promise<void> | undefined;
  return {
    close() {
      closing ??= running.close().then(() => bus.close());
      return closing;
    },
  };
}
