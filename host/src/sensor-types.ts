import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseSensorType, type SensorType, WellheadError } from '@wellhead/protocol';

/**
 * All sensor types by name: those that come with Wellhead, then those of the given folders, which may
 * replace one by the same name.
 * @throws WellheadError SENSOR_TYPE_UNREADABLE
 */
export function loadSensorTypes(folders: readonly string[] = []): Map<string, SensorType> {
  const own = join(
    dirname(createRequire(import.meta.url).resolve('@wellhead/protocol/package.json')),
    'sensor-types',
  );
  const types = new Map<string, SensorType>();
  for (const folder of [own, ...folders]) {
    for (const name of yamlFiles(folder)) {
      const type = parseSensorType(readFileSync(join(folder, name), 'utf8'), name);
      types.set(type.type, type);
    }
  }
  return types;
}

function yamlFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /\.ya?ml$/.test(name))
      .sort();
  } catch (cause) {
    throw new WellheadError('SENSOR_TYPE_UNREADABLE', `the sensor-types folder ${folder} cannot be read`, {
      cause,
    });
  }
}
