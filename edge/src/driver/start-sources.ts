// Starts what reads sources that keep their readings: files and feeds, each by itself and none waiting for another.
import type { SensorType } from '@wellhead/protocol';
import type { SensorConfig } from '../config/schema.ts';
import { followFile } from './file/follow-file.ts';
import { httpDevice } from './http/http-sensor.ts';
import { startPoller } from './poll/poller.ts';
import type { SensorDriver, SourceHost } from './sensor-driver.ts';

export type ConfiguredSource = Pick<SensorConfig, 'id' | 'http' | 'file'> & { readonly type: SensorType };

/** `beside`: the path of what the configuration names relative to itself. */
export function startSourceDrivers(
  sensors: readonly ConfiguredSource[],
  host: SourceHost,
  beside: (path: string) => string,
): SensorDriver {
  const drivers = sensors.flatMap(({ id, type, http, file }): SensorDriver[] => {
    if (file !== undefined)
      return [followFile({ id, type, file: { ...file, path: beside(file.path) } }, host)];
    if (http === undefined) return [];
    return [startPoller({ devices: [httpDevice({ id, type, http }, host, beside)], host })];
  });
  return {
    async close() {
      await Promise.all(drivers.map((driver) => driver.close()));
    },
  };
}
