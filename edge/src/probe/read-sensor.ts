// One sensor of a configuration file, read once as the gateway would, with every byte shown.
import { WellheadError } from '@wellhead/protocol';
import { deadline, pause, realTimers } from '../clock/timers.ts';
import { loadEdgeConfig } from '../config/load.ts';
import type { PolledDevice } from '../driver/poll/poll.ts';
import { drivers } from '../driver/registry.ts';
import { findBusDriver } from '../driver/start-drivers.ts';
import type { RawReading } from '../reading/raw-reading.ts';
import { openProbedBus, type Print } from './open-line.ts';
import { showReading } from './show.ts';

/**
 * Shows one reading of this sensor. Returns whether there was one.
 * @throws ConfigError; WellheadError CONFIG_INVALID when the file has no such sensor on a bus
 */
export async function readConfiguredSensor(
  { file, id }: { readonly file: string; readonly id: string },
  { print, signal }: { readonly print: Print; readonly signal: AbortSignal },
): Promise<boolean> {
  const { config, types } = loadEdgeConfig(file);
  const busSensors = config.sensors.flatMap((one) => {
    const found = findBusDriver(drivers, { ...one, type: types.get(one.type)! });
    return found === undefined ? [] : [found];
  });
  const found = busSensors.find(({ sensor }) => sensor.id === id);
  const bus = config.buses.find((one) => one.id === found?.bus);
  if (found === undefined || bus === undefined) {
    throw new WellheadError('CONFIG_INVALID', `${file} has no sensor ${id} on a bus`, {
      hint: `Sensors on buses there: ${busSensors.map(({ sensor }) => sensor.id).join(', ') || 'none'}.`,
    });
  }
  const { driver, sensor } = found;
  const opened = openProbedBus(bus, print);
  const on = { bus: opened.bus, config: bus };
  try {
    await opened.bus.opened(signal);
    const [device] = driver.devicesOn([sensor], on) ?? [];
    const reading =
      device === undefined
        ? await new Promise<RawReading | undefined>((resolve) => {
            const listening = driver.listen!(sensor, on, {
              ...opened.host,
              intake: {
                accept: async (heard) => resolve(heard),
                refuse: async ({ detail }) => print(`not a reading: ${detail}`),
              },
            });
            signal.addEventListener('abort', () => {
              resolve(undefined);
              void listening.close();
            });
          })
        : await measureOnce(device, signal);
    return showReading(reading, sensor.type, print);
  } catch (error) {
    print(`no reading: ${(error as Error).message}`);
    return false;
  } finally {
    await opened.bus.close();
  }
}

async function measureOnce(device: PolledDevice, signal: AbortSignal): Promise<RawReading | undefined> {
  const limit = deadline(realTimers, device.plan.timeoutMs, 'no answer in time', signal);
  try {
    await pause(realTimers, (await device.prepare?.(limit.signal)) ?? 0, limit.signal);
    return [(await device.measure(limit.signal)) ?? []].flat().at(-1);
  } finally {
    limit.done();
  }
}
