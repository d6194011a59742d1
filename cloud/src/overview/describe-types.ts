// Sensor types with their lengths of time in seconds, as JSON has no durations.
import type { SensorType } from '@wellhead/protocol';
import type { TypeAnswer, TypePropertyAnswer } from '../api/answer/answers.ts';

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

function describeProperty({
  flatLine,
  attenuated,
  ...property
}: SensorType['properties'][number]): TypePropertyAnswer {
  return {
    ...property,
    ...(flatLine && { flatLine: describeFlatLine(flatLine) }),
    ...(attenuated && { attenuated: describeAttenuated(attenuated) }),
  };
}

function describeFlatLine({
  suspect,
  bad,
  tolerance,
}: NonNullable<SensorType['properties'][number]['flatLine']>): TypePropertyAnswer['flatLine'] & object {
  return {
    ...(suspect === undefined ? {} : { suspectSeconds: suspect / 1000 }),
    ...(bad === undefined ? {} : { badSeconds: bad / 1000 }),
    tolerance,
  };
}

function describeAttenuated({
  window,
  ...limits
}: NonNullable<SensorType['properties'][number]['attenuated']>): TypePropertyAnswer['attenuated'] & object {
  return { windowSeconds: window / 1000, ...limits };
}
