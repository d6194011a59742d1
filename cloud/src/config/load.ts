import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { loadConfig, loadSensorTypes } from '@wellhead/host';
import { parseSite, type SensorType, type Site, WellheadError } from '@wellhead/protocol';
import { type CloudConfig, cloudConfigSchema } from './schema.ts';

export interface LoadedConfig {
  readonly config: CloudConfig;
  readonly types: ReadonlyMap<string, SensorType>;
  readonly sites: ReadonlyMap<string, Site>;
  /** Folder of log and store. */
  readonly data: string;
}

const loopback = new Set(['127.0.0.1', '::1', 'localhost']);

/**
 * Reads the cloud's file, or its defaults where there is none, with sensor types and sites.
 * @throws ConfigError with every problem, WellheadError SENSOR_TYPE_UNREADABLE
 */
export function loadCloudConfig(file: string | undefined): LoadedConfig {
  const beside = (path: string) => (isAbsolute(path) || file === undefined ? path : join(dirname(file), path));
  let types: ReadonlyMap<string, SensorType> = new Map();
  const sites = new Map<string, Site>();
  const config = loadConfig(cloudConfigSchema, file, (checked) => {
    types = loadSensorTypes(checked.sensorTypes.map(beside));
    return [...problems(checked, checked.sites === undefined ? undefined : beside(checked.sites), sites)];
  });
  return { config, types, sites, data: beside(config.data) };
}

function* problems(config: CloudConfig, siteFolder: string | undefined, sites: Map<string, Site>): Generator<string> {
  if (!loopback.has(config.broker.host) && config.broker.credentials === undefined) {
    yield `broker.credentials: ${config.broker.host} can be reached from outside; list the gateways, or listen on 127.0.0.1`;
  }
  if (siteFolder === undefined) return;
  if (!existsSync(siteFolder)) {
    yield `sites: there is no folder ${siteFolder}; make it, or remove the key`;
    return;
  }
  for (const name of readdirSync(siteFolder).filter((entry) => /\.ya?ml$/.test(entry))) {
    try {
      const site = parseSite(readFileSync(join(siteFolder, name), 'utf8'), name);
      sites.set(site.site, site);
    } catch (error) {
      if (!(error instanceof WellheadError)) throw error;
      yield `sites: ${error.message}`;
    }
  }
}
