// Sensor types with their lengths of time in seconds, as JSON has no durations.
import type { SensorType } from '@wellhead/protocol';
import type { TypeAnswer, TypePropertyAnswer } from './answers.ts';

export function describeType(type: SensorType): TypeAnswer {
  return {
    type: type.type,
    title: type.title,
    version: type.version,
    intervalSeconds: type.interval / 1000,
    gapSteps: type.time.gapSteps,
    futureSeconds: type.time.future / 1000,
    properties: type.properties.map(describeProperty),
  };
}

function describeProperty({ flatLine, ...property }: SensorType['properties'][number]): TypePropertyAnswer {
  if (flatLine === undefined) return property;
  const { suspect, bad, tolerance } = flatLine;
  return {
    ...property,
    flatLine: {
      ...(suspect === undefined ? {} : { suspectSeconds: suspect / 1000 }),
      ...(bad === undefined ? {} : { badSeconds: bad / 1000 }),
      tolerance,
    },
  };
}
