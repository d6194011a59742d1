import { matchEvents } from './match-events.ts';
import type { Label, Span } from './series.ts';
import type { FoundEvent } from './system.ts';

/**
 * How likely each label would be hit if it had happened at another time: the share of evenly spaced shifts,
 * around the end and in again at the beginning, at which an event lies on it. Who tells all of the time finds
 * everything, and this says so.
 */
export function chanceOf(
  events: readonly FoundEvent[],
  labels: readonly Label[],
  {
    scored,
    tolerance,
    shifts,
  }: { readonly scored: Span; readonly tolerance: number; readonly shifts: number },
): number[] {
  const span = scored.to - scored.from;
  const hits = labels.map(() => 0);
  for (let k = 1; k <= shifts; k++) {
    const moved = labels.map((label) => {
      const from = scored.from + ((label.from - scored.from + (k * span) / (shifts + 1)) % span);
      return { ...label, from, to: from + label.to - label.from };
    });
    matchEvents(events, moved, tolerance).eventsOf.forEach((on, l) => {
      if (on.length > 0) hits[l]!++;
    });
  }
  return hits.map((count) => count / shifts);
}
