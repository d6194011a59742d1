// Which of a sensor's properties the picture of an event shows.
import type { EventAnswer, SensorAnswer } from '../../../../src/api/answer/answers.ts';

/** More charts than this are in the view of the charts. */
const maxCharts = 2;

/** Those that showed the event most clearly, which it names first; where it names none, the sensor's first. */
export function shownProperties(
  event: Pick<EventAnswer, 'properties'>,
  sensor: Pick<SensorAnswer, 'properties'>,
): SensorAnswer['properties'] {
  const sent = sensor.properties.filter(({ isSent }) => isSent);
  const named = event.properties.flatMap((name) => sent.filter((property) => property.name === name));
  return (event.properties.length === 0 ? sent : named).slice(0, maxCharts);
}
