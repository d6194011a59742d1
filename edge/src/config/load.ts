import { dirname, isAbsolute, join } from 'node:path';
import { loadConfig, loadSensorTypes } from '@wellhead/host';
import { type SensorType, WellheadError } from '@wellhead/protocol';
import { edgeProblems } from './cross-check.ts';
import { type EdgeConfig, edgeConfigSchema } from './schema.ts';
import { readEdgeView } from './view.ts';

export interface LoadedConfig {
  readonly config: EdgeConfig;
  readonly types: ReadonlyMap<string, SensorType>;
  /** Folder of the journal. */
  readonly data: string;
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
    const problems: string[] = [];
    try {
      types = loadSensorTypes(
        view.sensorTypes.flatMap((folder) => (folder === undefined ? [] : beside(folder))),
      );
    } catch (error) {
      if (!(error instanceof WellheadError)) throw error;
      problems.push(`sensorTypes: ${error.message}`);
    }
    // Without all types nobody knows which are unknown: the sensors are checked for the rest.
    return [...problems, ...edgeProblems(view, problems.length === 0 ? types : undefined)];
  });
  return { config, types, data: beside(config.data) };
}
