// Sensors that publish by MQTT to the gateway's own broker.
import type { SensorType } from '@wellhead/protocol';
import { decodeJson, decodePlain, type JsonMapping, usualTimeNames } from '../../decode/message.ts';
import type { Intake } from '../../reading/intake-port.ts';

/** One topic of one sensor: a plain value for `property`, or a JSON object with paths. */
export interface MqttSource {
  readonly topic: string;
  readonly property?: string | undefined;
  readonly time?: string | undefined;
  readonly values?: Readonly<Record<string, string>> | undefined;
}

export interface MqttSensor {
  readonly id: string;
  readonly type: SensorType;
  /** Left out: `sensors/<id>` and `sensors/<id>/<property>`. */
  readonly mqtt?: readonly MqttSource[] | undefined;
}

type Route =
  | { readonly sensor: string; readonly json: JsonMapping }
  | { readonly sensor: string; readonly property: number; readonly width: number };

const sensorsRoot = 'sensors/';

/**
 * Handles one publish. The promise resolves when the message may be acknowledged: its reading, or the dead
 * letter made of it, is durable. Undefined: the topic is no sensor's, and no concern of ours.
 */
export type MqttDriver = (topic: string, payload: Uint8Array) => Promise<void> | undefined;

/** What passes by without becoming a reading; `what` is a topic, or a sensor and a name. */
export type OnIgnored = (kind: 'unmapped-topic' | 'ignored-field', what: string) => void;

export function createMqttDriver(
  sensors: readonly MqttSensor[],
  intake: Intake,
  onIgnored: OnIgnored,
): MqttDriver {
  const routes = new Map<string, Route>();
  for (const sensor of sensors) for (const [topic, route] of routesOf(sensor)) routes.set(topic, route);

  return (topic, payload) => {
    const route = routes.get(topic);
    if (route === undefined) {
      if (!topic.startsWith(sensorsRoot)) {
        onIgnored('unmapped-topic', topic);
        return undefined;
      }
      const known = sensors.some(({ id }) => topic.startsWith(`${sensorsRoot}${id}/`));
      return intake.refuse({
        source: topic,
        reason: known ? 'unknown-property' : 'unknown-sensor',
        detail: known ? 'the sensor type has no such property' : 'no sensor of this name is configured',
        payload,
      });
    }
    const decoded =
      'json' in route ? decodeJson(payload, route.json) : decodePlain(payload, route.property, route.width);
    if ('reason' in decoded) return intake.refuse({ source: topic, ...decoded, payload });
    const { ignored, ...reading } = decoded as typeof decoded & { ignored?: readonly string[] };
    for (const name of ignored ?? []) onIgnored('ignored-field', `${route.sensor}: ${name}`);
    return intake.accept({ sensor: route.sensor, ...reading });
  };
}

function* routesOf({ id, type, mqtt }: MqttSensor): Generator<[string, Route]> {
  const width = type.properties.length;
  const index = (name: string) => type.properties.findIndex((property) => property.name === name);
  if (mqtt === undefined) {
    yield [
      `${sensorsRoot}${id}`,
      {
        sensor: id,
        json: {
          time: usualTimeNames,
          values: type.properties.map(({ name }) => [name]),
          names: new Set([...usualTimeNames.flat(), ...type.properties.map(({ name }) => name)]),
        },
      },
    ];
    for (const [p, { name }] of type.properties.entries()) {
      yield [`${sensorsRoot}${id}/${name}`, { sensor: id, property: p, width }];
    }
    return;
  }
  for (const { topic, property, time, values } of mqtt) {
    if (property !== undefined) yield [topic, { sensor: id, property: index(property), width }];
    else {
      const paths = type.properties.map(({ name }) =>
        values === undefined ? [name] : values[name]?.split('.').filter(Boolean),
      );
      yield [
        topic,
        {
          sensor: id,
          json: { time: time === undefined ? usualTimeNames : [time.split('.')], values: paths },
        },
      ];
    }
  }
}
