// What replacing events comes to: the same for every store.
import type { EventSpan, FoundEvent, StoredEvent } from './event-store.ts';

/** Whether a held event is one of those that `replace` of the span speaks of. Ends may be open, starts not. */
export function isInSpan(event: StoredEvent, { site, sensor, from, to }: EventSpan): boolean {
  const isOwn =
    sensor === undefined
      ? event.sensors.length > 1
      : event.sensors.length === 1 && event.sensors[0] === sensor;
  return isOwn && event.site === site && event.start >= from && event.start < to;
}

/**
 * The events that a `replace` writes.
 * @param held the given events that are held already, and those of the spans that are not withdrawn
 * @throws TypeError where an event lies outside its span
 */
export function planEvents(
  spans: readonly EventSpan[],
  held: ReadonlyMap<string, StoredEvent>,
  now: number,
): StoredEvent[] {
  const changed = new Map<string, StoredEvent>();
  const given = new Set<string>();
  for (const span of spans) {
    for (const event of span.events) {
      const stored: StoredEvent = { ...found(event), withdrawn: false, foundAt: now, changedAt: now };
      if (!isInSpan(stored, span))
        throw new TypeError(`event ${event.id} lies outside the span it is given for`);
      given.add(event.id);
      const before = held.get(event.id);
      if (before === undefined) changed.set(event.id, stored);
      else if (before.withdrawn || !isSame(before, event))
        changed.set(event.id, { ...stored, foundAt: before.foundAt });
    }
  }
  for (const event of held.values()) {
    if (event.withdrawn || given.has(event.id)) continue;
    if (spans.some((span) => isInSpan(event, span)))
      changed.set(event.id, { ...event, withdrawn: true, changedAt: now });
  }
  return [...changed.values()];
}

/** All of an event that an analysis says, in one order of keys, so that equal events are equal texts. */
function found(event: FoundEvent): FoundEvent {
  const { id, site, sensors, properties, kind, cause, explanation, start, peak, end, decidedAt } = event;
  const { value, expected, score, evidence, rules, partOf } = event;
  return {
    ...{ id, site, sensors, properties, kind, cause, explanation, start, peak },
    ...(end !== undefined && { end }),
    ...{ decidedAt, value, expected, score },
    evidence: evidence.map(({ detector, property, text }) => ({ detector, property, text })),
    rules,
    ...(partOf !== undefined && { partOf }),
  };
}

function isSame(a: FoundEvent, b: FoundEvent): boolean {
  return JSON.stringify(found(a)) === JSON.stringify(found(b));
}
