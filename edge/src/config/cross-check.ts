// What no schema sees: names that must agree, and what may be used only once.
import { isLoopback } from '@wellhead/host';
import type { SensorType } from '@wellhead/protocol';
import { driverProblems } from './driver-check.ts';
import { driverViewsOf, type EdgeView, type SensorView } from './view.ts';

/**
 * Every problem as `path: what is wrong; what to do`. `areAllTypesKnown`: false where some could not be read,
 * and nobody can say which are unknown.
 */
export function* edgeProblems(
  view: EdgeView,
  types: ReadonlyMap<string, SensorType>,
  areAllTypesKnown: boolean,
): Generator<string> {
  const ids = new Set<string>();
  const topics = new Map<string, string>();
  for (const [i, sensor] of view.sensors.entries()) {
    const path = `sensors.${i}`;
    const { id } = sensor;
    const isRepeated = id !== undefined && ids.has(id);
    if (id !== undefined) {
      if (isRepeated) yield `${path}.id: ${id} is used twice; give each sensor its own name`;
      ids.add(id);
    }
    const type = sensor.type === undefined ? undefined : types.get(sensor.type);
    if (areAllTypesKnown && sensor.type !== undefined && type === undefined) {
      yield `${path}.type: there is no sensor type ${sensor.type}; known are ${[...types.keys()].join(', ')}`;
    }
    if (type !== undefined) yield* unknownProperties(path, sensor, type);
    // The usual topics follow from the id, and of that one complaint is enough.
    if (isRepeated && !sensor.mqtt) continue;
    for (const [where, topic] of topicsOf(path, sensor, type)) {
      const other = topics.get(topic);
      if (other !== undefined) yield `${where}: ${topic} is taken by sensor ${other} already`;
      topics.set(topic, id ?? String(i));
    }
  }
  yield* driverProblems(view, types);
  const { host, users } = view.broker;
  if (host !== undefined && !isLoopback(host) && users === undefined) {
    yield `broker.users: ${host} can be reached from outside; list who may publish, or listen on 127.0.0.1`;
  }
}

function* unknownProperties(path: string, sensor: SensorView, type: SensorType): Generator<string> {
  const known = new Set(type.properties.map(({ name }) => name));
  for (const name of sensor.quality) {
    if (known.has(name)) continue;
    yield `${path}.quality: ${type.type} has no property ${name}; it has ${[...known].join(', ')}`;
  }
}

/** The topics a sensor listens to, with the place that says so; the usual ones where none are given. */
function* topicsOf(
  path: string,
  sensor: SensorView,
  type: SensorType | undefined,
): Generator<[string, string]> {
  const { id, mqtt } = sensor;
  for (const [s, { topic }] of (mqtt ?? []).entries()) {
    if (topic !== undefined) yield [`${path}.mqtt.${s}.topic`, topic];
  }
  // A sensor that is read in another way listens to no topics.
  if (id === undefined || driverViewsOf(sensor).length > 0) return;
  yield [`${path}.id`, `sensors/${id}`];
  for (const { name } of type?.properties ?? []) yield [`${path}.id`, `sensors/${id}/${name}`];
}
