// Starts what reads the sensors that do not publish by MQTT: one driver for each bus.

import { listenForText } from './ascii/listen.ts';
import type { ConfiguredSensor } from './configured-sensor.ts';
import { openBus } from './open-bus.ts';
import { startPoller } from './poll/poller.ts';
import { polledDevices } from './polled-device.ts';
import type { DriverHost, SensorDriver } from './sensor-driver.ts';
import type { Bus } from './serial-bus/bus.ts';
import type { BusConfig } from './serial-bus/config.ts';

/** The bus a sensor hangs on; undefined where it has none. */
export function busOf(sensor: ConfiguredSensor): string | undefined {
  return (sensor.modbus ?? sensor.sdi12 ?? sensor.ascii)?.bus;
}

/** Starts a driver for each bus with sensors; all of them read at the same time, none waits for another. */
export function startBusDrivers(
  buses: readonly BusConfig[],
  sensors: readonly ConfiguredSensor[],
  host: DriverHost,
): SensorDriver {
  const drivers = buses.flatMap((config) => {
    const mine = sensors.filter((sensor) => busOf(sensor) === config.id);
    return mine.length === 0 ? [] : [startOnBus(config, mine, host)];
  });
  return {
    async close() {
      await Promise.all(drivers.map((driver) => driver.close()));
    },
  };
}

function startOnBus(config: BusConfig, sensors: readonly ConfiguredSensor[], host: DriverHost): SensorDriver {
  const bus: Bus = openBus(config, host);
  const [first] = sensors;
  const driver =
    first!.ascii !== undefined && first!.ascii.request === undefined
      ? listenForText({ id: first!.id, type: first!.type, ...first!.ascii }, bus, host)
      : startPoller({ devices: polledDevices(sensors, config, bus), host });
  let closing: Promise<void> | undefined;
  return {
    close() {
      closing ??= driver.close().then(() => bus.close());
      return closing;
    },
  };
}
