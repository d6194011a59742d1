// One sensor of a configuration file, read once as the gateway would, with every byte shown.
import { WellheadError } from '@wellhead/protocol';
import { deadline, pause, realTimers } from '../clock/timers.ts';
import { loadEdgeConfig } from '../config/load.ts';
import { listenForText } from '../driver/ascii/listen.ts';
import { polledDevices } from '../driver/polled-device.ts';
import { busOf } from '../driver/start-drivers.ts';
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
  const found = config.sensors.find((sensor) => sensor.id === id);
  const sensor = found === undefined ? undefined : { ...found, type: types.get(found.type)! };
  const bus = sensor === undefined ? undefined : config.buses.find(({ id: name }) => name === busOf(sensor));
  if (sensor === undefined || bus === undefined) {
    const onBuses = config.sensors.filter(({ modbus, sdi12, ascii }) => modbus ?? sdi12 ?? ascii);
    throw new WellheadError('CONFIG_INVALID', `${file} has no sensor ${id} on a bus`, {
      hint: `Sensors on buses there: ${onBuses.map(({ id: name }) => name).join(', ') || 'none'}.`,
    });
  }
  const opened = openProbedBus(bus, print);
  try {
    await opened.bus.opened(signal);
    const reading =
      sensor.ascii !== undefined && sensor.ascii.request === undefined
        ? await new Promise<RawReading | undefined>((resolve) => {
            const driver = listenForText({ ...sensor.ascii!, id, type: sensor.type }, opened.bus, {
              ...opened.host,
              intake: {
                accept: async (heard) => resolve(heard),
                refuse: async ({ detail }) => print(`not a reading: ${detail}`),
              },
            });
            signal.addEventListener('abort', () => {
              resolve(undefined);
              void driver.close();
            });
          })
        : await measureOnce(polledDevices([sensor], bus, opened.bus)[0]!, signal);
    return showReading(reading, sensor.type, print);
  } catch (error) {
    print(`no reading: ${(error as Error).message}`);
    return false;
  } finally {
    await opened.bus.close();
  }
}

async function measureOnce(
  device: ReturnType<typeof polledDevices>[number],
  signal: AbortSignal,
): Promise<RawReading | undefined> {
  const limit = deadline(realTimers, device.plan.timeoutMs, 'no answer in time', signal);
  try {
    await pause(realTimers, (await device.prepare?.(limit.signal)) ?? 0, limit.signal);
    return [(await device.measure(limit.signal)) ?? []].flat().at(-1);
  } finally {
    limit.done();
  }
}
