// One column has one unit: sensors that measure a property in several do not fit into one file.
import type { SensorAnswer } from '../answer/answers.ts';
import { ApiProblem } from '../http/problem.ts';

/** Only of what was sent; a sensor whose type is unknown says no unit. @throws ApiProblem MIXED_UNITS */
export function refuseMixedUnits(
  site: string,
  sensors: readonly SensorAnswer[],
  properties: readonly string[],
): void {
  const problems = properties.flatMap((property) => {
    const sensorIn = new Map<string, string>();
    for (const { sensor, properties: of } of sensors) {
      const { isSent, unit } = of.find(({ name }) => name === property) ?? {};
      if (isSent === true && unit !== undefined && !sensorIn.has(unit)) sensorIn.set(unit, sensor);
    }
    if (sensorIn.size < 2) return [];
    const units = [...sensorIn].map(([unit, sensor]) => `${unit || 'no unit'} (${sensor})`).join(', ');
    return [{ path: 'properties', message: `${property} is in several units at ${site}: ${units}` }];
  });
  if (problems.length === 0) return;
  throw new ApiProblem(
    'MIXED_UNITS',
    `${problems.map(({ message }) => message).join('; ')}. Export each sensor by itself with \`sensor\`, or leave the property out with \`properties\`.`,
    problems,
  );
}
