// What replacing events comes to: the same for every store.
import { groupBy } from '@wellhead/protocol';
import type { FoundEvent, StoredEvent } from '../event/stored-event.ts';
import type { EventSpan } from './event-store.ts';

/** Ids in one question. */
const idsAtOnce = 500;

interface HeldEvents {
  /** Those of a site that start in a half-open range and are not withdrawn. */
  readonly inRange: (place: { site: string; from: number; to: number }) => Promise<readonly StoredEvent[]>;
  readonly byIds: (ids: string[]) => Promise<readonly StoredEvent[]>;
}

/** What a `replace` has to know of what is held, by id; others do no harm. */
export async function heldFor(
  spans: readonly EventSpan[],
  { inRange, byIds }: HeldEvents,
): Promise<Map<string, StoredEvent>> {
  const held = new Map<string, StoredEvent>();
  const add = (events: readonly StoredEvent[]) => {
    for (const event of events) held.set(event.id, event);
  };
  for (const place of placesOf(spans)) add(await inRange(place));
  const ids = spans.flatMap(({ events }) => events.map(({ id }) => id)).filter((id) => !held.has(id));
  for (let i = 0; i < ids.length; i += idsAtOnce) add(await byIds(ids.slice(i, i + idsAtOnce)));
  return held;
}

/** One place for each site, from the first to the last of its spans. */
function placesOf(spans: readonly EventSpan[]): { site: string; from: number; to: number }[] {
  return [...groupBy(spans, ({ site }) => site)].map(([site, own]) => ({
    site,
    from: own.reduce((first, { from }) => Math.min(first, from), Number.POSITIVE_INFINITY),
    to: own.reduce((last, { to }) => Math.max(last, to), Number.NEGATIVE_INFINITY),
  }));
}

/** Whose an event or a span is: a sensor's, or its site's where it is regional. */
function ownerOf(site: string, sensor: string | undefined): string {
  return JSON.stringify([site, sensor]);
}

function ownerOfEvent({ site, sensors }: FoundEvent): string {
  return ownerOf(site, sensors.length === 1 ? sensors[0] : undefined);
}

function startsIn({ start }: FoundEvent, { from, to }: EventSpan): boolean {
  return start >= from && start < to;
}

/**
 * The events that a `replace` writes.
 * @param held what `heldFor` gives
 * @throws TypeError where an event lies outside its span
 */
export function planEvents(
  spans: readonly EventSpan[],
  held: ReadonlyMap<string, StoredEvent>,
  now: number,
): StoredEvent[] {
  const changed = new Map<string, StoredEvent>();
  const given = new Set<string>();
  const owned = groupBy(spans, ({ site, sensor }) => ownerOf(site, sensor));
  for (const span of spans) {
    const owner = ownerOf(span.site, span.sensor);
    for (const event of span.events) {
      const stored: StoredEvent = { ...found(event), withdrawn: false, foundAt: now, changedAt: now };
      if (ownerOfEvent(event) !== owner || !startsIn(event, span))
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
    if (owned.get(ownerOfEvent(event))?.some((span) => startsIn(event, span)))
      changed.set(event.id, { ...event, withdrawn: true, changedAt: now });
  }
  return [...changed.values()];
}

/** All of an event that an analysis says, in one order of keys, so that equal events are equal texts. */
function found(event: FoundEvent): FoundEvent {
  const { id, site, sensors, properties, kind, cause, explanation, start, peak, end, decidedAt } = event;
  const { value, expected, score, evidence, rules, partOf } = event;
  return {
    id,
    site,
    sensors,
    properties,
    kind,
    cause,
    explanation,
    start,
    peak,
    ...(end !== undefined && { end }),
    decidedAt,
    value,
    expected,
    score,
    evidence: evidence.map(({ detector, property, text }) => ({ detector, property, text })),
    rules,
    ...(partOf !== undefined && { partOf }),
  };
}

function isSame(a: FoundEvent, b: FoundEvent): boolean {
  return JSON.stringify(found(a)) === JSON.stringify(found(b));
}
