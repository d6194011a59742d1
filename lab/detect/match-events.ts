import type { Label } from './series.ts';
import type { FoundEvent } from './system.ts';

/** Which events lie on which labels; positions in the lists that were matched. */
export interface Match {
  /** For each event the labels it lies on. */
  readonly labelsOf: readonly (readonly number[])[];
  /** For each label the events that lie on it. */
  readonly eventsOf: readonly (readonly number[])[];
}

/**
 * An event lies on a label if they share a moment, or are no farther apart than the tolerance, and if one of
 * its properties is one of the label's. Neither is widened to the other afterwards (no point adjustment).
 */
export function matchEvents(
  events: readonly Pick<FoundEvent, 'start' | 'end' | 'properties'>[],
  labels: readonly Label[],
  tolerance: number,
): Match {
  const labelsOf = events.map(({ start, end, properties }) =>
    labels.flatMap((label, l) => {
      const isNear = start <= label.to + tolerance && end >= label.from - tolerance;
      return isNear && isOfProperties(label, properties) ? [l] : [];
    }),
  );
  const eventsOf = labels.map((): number[] => []);
  labelsOf.forEach((of, e) => {
    for (const l of of) eventsOf[l]!.push(e);
  });
  return { labelsOf, eventsOf };
}

function isOfProperties(label: Label, properties: readonly string[]): boolean {
  return label.properties === undefined || label.properties.some((name) => properties.includes(name));
}
