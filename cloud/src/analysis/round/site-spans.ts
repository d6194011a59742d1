// From what was found at the sensors of a site to what is written: with the regional events that explain it.
import type { FoundEvent } from '../../event/stored-event.ts';
import type { EventSpan } from '../../store/event-store.ts';
import { regionalId } from '../event/event-id.ts';
import { listed, time } from '../event/explain.ts';
import { findRegions, type Member, type Region } from '../event/regional.ts';
import { quarterStart } from '../worker/quarter.ts';
import type { QuarterEvents } from './sensor-analysis.ts';

export interface SiteQuarter {
  readonly site: string;
  readonly quarter: number;
  /** What the sensors that were looked at now have found. */
  readonly looked: readonly QuarterEvents[];
  /** What is held of the other sensors of the site, whose events start in the quarter. */
  readonly others: readonly FoundEvent[];
  /** How many sensors of the site measured a property at a time. */
  readonly measuring: (property: string, time: number) => number;
}

/** The spans that say it all: of the sensors looked at, of others whose region has changed, and of the regions. */
export function spansOf({ site, quarter, looked, others, measuring }: SiteQuarter): EventSpan[] {
  const range = { from: quarterStart(quarter), to: quarterStart(quarter + 1) };
  const bySensor = new Map(looked.map(({ sensor, events }) => [sensor, [...events]]));
  const isLooked = new Set(bySensor.keys());
  for (const event of others) {
    const [sensor] = event.sensors;
    if (sensor === undefined || event.sensors.length > 1 || isLooked.has(sensor)) continue;
    bySensor.set(sensor, [...(bySensor.get(sensor) ?? []), event]);
  }
  const members = [...bySensor].flatMap(([sensor, events]) =>
    events.map((event): FoundMember => ({ ...event, sensor, event })),
  );
  const regions = findRegions(members, measuring).map((region) => regionalEvent(site, region));
  const regionOf = new Map(regions.flatMap(({ event, ids }) => ids.map((id) => [id, event.id])));
  const spans: EventSpan[] = [];
  for (const [sensor, events] of [...bySensor].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const moved = events.some(({ id, partOf }) => partOf !== regionOf.get(id));
    if (!isLooked.has(sensor) && !moved) continue;
    spans.push({
      site,
      sensor,
      ...range,
      events: events.map((event) => withRegion(event, regionOf.get(event.id))),
    });
  }
  spans.push({ site, ...range, events: regions.map(({ event }) => event) });
  return spans;
}

interface FoundMember extends Member {
  readonly event: FoundEvent;
}

function withRegion({ partOf: _, ...event }: FoundEvent, region: string | undefined): FoundEvent {
  return region === undefined ? event : { ...event, partOf: region };
}

/** Evidence of so many sensors is told. */
const maxReported = 20;

function regionalEvent(
  site: string,
  { property, members }: Region<FoundMember>,
): { event: FoundEvent; ids: readonly string[] } {
  const events = members.map(({ event }) => event);
  const sensors = [...new Set(members.map(({ sensor }) => sensor))];
  const start = Math.min(...events.map((event) => event.start));
  const last = Math.max(...events.map((event) => event.start));
  const strongest = events.reduce((best, event) => (event.score > best.score ? event : best));
  const ends = events.map(({ end }) => end);
  const isOpen = ends.includes(undefined);
  const named = sensors.length > maxReported ? `${sensors.length} sensors` : listed(sensors);
  const event: FoundEvent = {
    id: regionalId(site, property, start),
    site,
    sensors,
    properties: [property],
    kind: 'process',
    cause: 'regional',
    explanation: `${property} moved at ${named} between ${time(start)} and ${time(last)}: it was the region, not one of them.`,
    start,
    peak: strongest.peak,
    ...(!isOpen && { end: Math.max(...(ends as number[])) }),
    decidedAt: Math.max(...events.map(({ decidedAt }) => decidedAt)),
    value: strongest.value,
    expected: strongest.expected,
    score: strongest.score,
    evidence: events
      .slice(0, maxReported)
      .map(({ explanation }) => ({ detector: 'regional', property, text: explanation })),
    rules: strongest.rules,
  };
  return { event, ids: events.map(({ id }) => id) };
}
