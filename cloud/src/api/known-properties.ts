// The properties of a sensor that a request names.
import type { SensorAnswer } from './answers.ts';
import { badParameter } from './problem.ts';

/** Those asked for, once each; left out: all. @throws ApiProblem BAD_PARAMETER */
export function knownProperties(asked: readonly string[] | undefined, sensor: SensorAnswer): string[] {
  const known = sensor.properties.map((property) => property.name);
  const unknown = (asked ?? []).filter((property) => !known.includes(property));
  if (unknown.length > 0)
    throw badParameter(
      'properties',
      `${sensor.sensor} has no ${unknown.join(', ')}; it has ${known.join(', ')}`,
    );
  return [...new Set(asked ?? known)];
}
