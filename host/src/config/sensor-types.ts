// The sensor types that a program knows: those that come with it, and those in the operator’s own folders.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseSensorType, type SensorType, WellheadError } from '@wellhead/protocol';

/**
 * All sensor types by name: those that come with Wellhead, then those of the given folders, which may
 * replace one by the same name.
 * @throws WellheadError SENSOR_TYPE_UNREADABLE with the problems of every folder and file
 */
export function loadSensorTypes(folders: readonly string[] = []): Map<string, SensorType> {
  const { types, problems } = readSensorTypes(folders);
  const [first, ...more] = problems;
  if (first === undefined) return types;
  if (more.length === 0) throw first;
  const message = problems.map((problem) => problem.message).join('; ');
  throw new WellheadError('SENSOR_TYPE_UNREADABLE', message, { cause: first });
}

/** The types that can be read, and what is wrong with the other files and folders. */
export function readSensorTypes(folders: readonly string[]): {
  types: Map<string, SensorType>;
  problems: WellheadError[];
} {
  const own = join(
    dirname(createRequire(import.meta.url).resolve('@wellhead/protocol/package.json')),
    'sensor-types',
  );
  const types = new Map<string, SensorType>();
  const problems: WellheadError[] = [];
  const attempt = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof WellheadError)) throw error;
      problems.push(error);
      return undefined;
    }
  };
  for (const folder of [own, ...folders]) {
    for (const name of attempt(() => yamlFiles(folder)) ?? []) {
      const type = attempt(() => parseSensorType(readText(folder, name), name));
      if (type !== undefined) types.set(type.type, type);
    }
  }
  return { types, problems };
}

function yamlFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /\.ya?ml$/.test(name))
      .sort();
  } catch (cause) {
    throw unreadable(`the sensor-types folder ${folder}`, cause);
  }
}

function readText(folder: string, name: string): string {
  try {
    return readFileSync(join(folder, name), 'utf8');
  } catch (cause) {
    throw unreadable(name, cause);
  }
}

function unreadable(what: string, cause: unknown): WellheadError {
  return new WellheadError('SENSOR_TYPE_UNREADABLE', `${what} cannot be read: ${(cause as Error).message}`, {
    cause,
  });
}
