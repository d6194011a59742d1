// Finds a sensor type by its name, for commands that take one.
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseSensorType, type SensorType, WellheadError } from '@wellhead/protocol';

const require = createRequire(import.meta.url);

/** The folder of the sensor types that come with the protocol. */
function sensorTypesFolder(): string {
  return join(dirname(require.resolve('@wellhead/protocol/package.json')), 'sensor-types');
}

/**
 * Reads the sensor type of that name, as `groundwater`.
 * @throws WellheadError SENSOR_TYPE_UNKNOWN with the known names, SENSOR_TYPE_UNREADABLE with the problems
 */
export async function loadSensorType(name: string, folder = sensorTypesFolder()): Promise<SensorType> {
  const known = (await readdir(folder))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();
  // Looked up in the listing, never joined into a path unseen: a name is not a way around the folder.
  if (!known.includes(name)) {
    throw new WellheadError(
      'SENSOR_TYPE_UNKNOWN',
      `there is no sensor type "${name}"; known are: ${known.join(', ')}`,
    );
  }
  const file = `${name}.yaml`;
  return parseSensorType(await readFile(join(folder, file), 'utf8'), file);
}
