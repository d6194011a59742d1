// From the gateway’s file to a configuration that holds together, or every problem of it at once.
import { dirname, isAbsolute, join } from 'node:path';
import { loadConfig, readSensorTypes } from '@wellhead/host';
import type { SensorType } from '@wellhead/protocol';
import { edgeProblems } from './cross-check.ts';
import { type EdgeConfig, edgeConfigSchema } from './schema.ts';
import { readEdgeView } from './view.ts';

export interface LoadedConfig {
  readonly config: EdgeConfig;
  readonly types: ReadonlyMap<string, SensorType>;
  /** Folder of the journal. */
  readonly data: string;
  /** The path of what the file names relative to itself. */
  readonly beside: (path: string) => string;
}

/**
 * Reads the gateway's file and the sensor types, and checks one against the other.
 * @throws ConfigError with every problem
 */
export function loadEdgeConfig(file: string): LoadedConfig {
  let types: ReadonlyMap<string, SensorType> = new Map();
  const beside = (path: string) => (isAbsolute(path) ? path : join(dirname(file), path));
  const config = loadConfig(edgeConfigSchema, file, (document) => {
    const view = readEdgeView(document);
    const folders = view.sensorTypes.filter((folder) => folder !== undefined);
    const read = readSensorTypes(folders.map(beside));
    types = read.types;
    return [
      ...read.problems.map(({ message }) => `sensorTypes: ${message}`),
      ...edgeProblems(view, types, read.problems.length === 0),
    ];
  });
  return { config, types, data: beside(config.data), beside };
}
