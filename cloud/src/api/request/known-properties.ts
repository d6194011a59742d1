// The properties that a request names, of one sensor or of several.
import type { SensorAnswer } from '../answer/answers.ts';
import { badParameter } from '../http/problem.ts';

/**
 * Those asked for, once each; left out: all, in the order of the sensors. `whose` is told in the problem.
 * @throws ApiProblem BAD_PARAMETER
 */
export function knownProperties(
  asked: readonly string[] | undefined,
  whose: string,
  sensors: readonly SensorAnswer[],
): string[] {
  const known = new Set(sensors.flatMap(({ properties }) => properties.map(({ name }) => name)));
  const unknown = (asked ?? []).filter((property) => !known.has(property));
  if (unknown.length > 0)
    throw badParameter(
      'properties',
      `${whose} has no ${unknown.join(', ')}; it has ${[...known].join(', ')}`,
    );
  return [...new Set(asked ?? known)];
}
