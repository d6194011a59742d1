// An event as a chart shows it.
import type { EventAnswer } from '../../../src/api/answer/answers.ts';

export interface ChartEvent {
  readonly id: string;
  readonly kind: EventAnswer['kind'];
  readonly cause: string;
  /** Milliseconds since 1970; one that goes on ends with the range. */
  readonly from: number;
  readonly to: number;
}

/** Those of one sensor that speak of a property, or of none in particular. */
export function chartEvents(
  events: readonly EventAnswer[],
  { sensor, property, until }: { readonly sensor: string; readonly property: string; readonly until: number },
): ChartEvent[] {
  return events
    .filter(
      ({ sensors, properties }) =>
        sensors.includes(sensor) && (properties.length === 0 || properties.includes(property)),
    )
    .map(({ id, kind, cause, start, end }) => ({
      id,
      kind,
      cause,
      from: Date.parse(start),
      to: end === null ? until : Date.parse(end),
    }));
}
