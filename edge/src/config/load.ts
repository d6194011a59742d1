import { dirname, isAbsolute, join } from 'node:path';
import { loadConfig, loadSensorTypes } from '@wellhead/host';
import type { SensorType } from '@wellhead/protocol';
import { type EdgeConfig, edgeConfigSchema } from './schema.ts';

export interface LoadedConfig {
  readonly config: EdgeConfig;
  readonly types: ReadonlyMap<string, SensorType>;
  /** Folder of the journal. */
  readonly data: string;
}

const loopback = new Set(['127.0.0.1', '::1', 'localhost']);

/**
 * Reads the gateway's file and the sensor types, and checks one against the other.
 * @throws ConfigError with every problem, WellheadError SENSOR_TYPE_UNREADABLE
 */
export function loadEdgeConfig(file: string): LoadedConfig {
  let types: ReadonlyMap<string, SensorType> = new Map();
  const beside = (path: string) => (isAbsolute(path) ? path : join(dirname(file), path));
  const config = loadConfig(edgeConfigSchema, file, (checked) => {
    types = loadSensorTypes(checked.sensorTypes.map(beside));
    return crossCheck(checked, types);
  });
  return { config, types, data: beside(config.data) };
}

function* problems(config: EdgeConfig, types: ReadonlyMap<string, SensorType>): Generator<string> {
  const ids = new Set<string>();
  const topics = new Map<string, string>();
  for (const [i, sensor] of config.sensors.entries()) {
    const path = `sensors.${i}`;
    if (ids.has(sensor.id)) yield `${path}.id: ${sensor.id} is used twice; give each sensor its own name`;
    ids.add(sensor.id);
    const type = types.get(sensor.type);
    if (type === undefined) {
      yield `${path}.type: there is no sensor type ${sensor.type}; known are ${[...types.keys()].join(', ')}`;
      continue;
    }
    const known = new Set(type.properties.map(({ name }) => name));
    const named = [
      ...Object.keys(sensor.quality ?? {}).map((name) => ['quality', name] as const),
      ...(sensor.mqtt ?? []).flatMap((source, s) =>
        [
          ...Object.keys(source.values ?? {}),
          ...(source.property === undefined ? [] : [source.property]),
        ].map((name) => [`mqtt.${s}`, name] as const),
      ),
    ];
    for (const [where, name] of named) {
      if (!known.has(name)) {
        yield `${path}.${where}: ${sensor.type} has no property ${name}; it has ${[...known].join(', ')}`;
      }
    }
    for (const [s, { topic }] of (sensor.mqtt ?? []).entries()) {
      const other = topics.get(topic);
      if (other !== undefined) yield `${path}.mqtt.${s}.topic: ${topic} is taken by sensor ${other} already`;
      topics.set(topic, sensor.id);
    }
  }
  if (!loopback.has(config.broker.host) && config.broker.users === undefined) {
    yield `broker.users: ${config.broker.host} can be reached from outside; list who may publish, or listen on 127.0.0.1`;
  }
}

function crossCheck(config: EdgeConfig, types: ReadonlyMap<string, SensorType>): string[] {
  return [...problems(config, types)];
}
