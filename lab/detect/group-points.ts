import type { FoundEvent } from './system.ts';

/** Points in time order, no farther apart than `gap`, are one event; its value is that farthest from expected. */
export function groupPoints(points: readonly FoundEvent[], gap: number): FoundEvent[] {
  const events: FoundEvent[] = [];
  for (const point of points) {
    const last = events.at(-1);
    if (last === undefined || point.start - last.end > gap) {
      events.push(point);
      continue;
    }
    const isFarther = Math.abs(point.value - point.expected) > Math.abs(last.value - last.expected);
    const { value, expected } = isFarther ? point : last;
    const properties = [...new Set([...last.properties, ...point.properties])];
    events[events.length - 1] = { ...last, end: Math.max(last.end, point.end), properties, value, expected };
  }
  return events;
}
