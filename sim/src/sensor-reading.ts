// A reading as a sensor publishes it to its gateway.
import type { Value } from '@wellhead/protocol';

/** What one sensor said at one moment, as it leaves the sensor. `measuredAt` in milliseconds since 1970, UTC. */
export interface SensorReading {
  readonly measuredAt: number;
  readonly values: Readonly<Record<string, Value>>;
}

/** The reading as a sensor publishes it: one flat JSON object, `measuredAt` as ISO 8601 first. */
export function payloadOf(reading: SensorReading): string {
  return JSON.stringify({ measuredAt: new Date(reading.measuredAt).toISOString(), ...reading.values });
}

/** The topic beside a gateway on which a sensor's readings go. */
export function topicOfSensor(sensor: string): string {
  return `sensors/${sensor}`;
}
