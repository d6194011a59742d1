// From the cloud’s file to a configuration that holds together, or every problem of it at once.
import { dirname, isAbsolute, join } from 'node:path';
import { loadConfig, readSensorTypes } from '@wellhead/host';
import type { SensorType, Site } from '@wellhead/protocol';
import { brokerProblems, httpProblems, readCloudView, roleProblems } from './cross-check.ts';
import { type CloudConfig, cloudConfigSchema } from './schema.ts';
import { loadSites } from './sites.ts';

export interface LoadedConfig {
  readonly config: CloudConfig;
  readonly types: ReadonlyMap<string, SensorType>;
  readonly sites: ReadonlyMap<string, Site>;
  /** Folder of log and store. */
  readonly data: string;
  /** The path of a file that the configuration names: relative to the configuration's own. */
  readonly beside: (path: string) => string;
}

/**
 * Reads the cloud's file, or its defaults where there is none, with sensor types and sites.
 * @throws ConfigError with every problem
 */
export function loadCloudConfig(file: string | undefined): LoadedConfig {
  const beside = (path: string) =>
    isAbsolute(path) || file === undefined ? path : join(dirname(file), path);
  let types: ReadonlyMap<string, SensorType> = new Map();
  let sites: ReadonlyMap<string, Site> = new Map();
  const config = loadConfig(cloudConfigSchema, file, (document) => {
    const view = readCloudView(document);
    const read = readSensorTypes(view.sensorTypes.map(beside));
    types = read.types;
    const problems = [
      ...roleProblems(view),
      ...brokerProblems(view.broker),
      ...httpProblems(view.http),
      ...read.problems.map(({ message }) => `sensorTypes: ${message}`),
    ];
    if (view.sites === undefined) return problems;
    const found = loadSites(beside(view.sites));
    sites = found.sites;
    return [...problems, ...found.problems.map((problem) => `sites: ${problem}`)];
  });
  return { config, types, sites, data: beside(config.data), beside };
}
