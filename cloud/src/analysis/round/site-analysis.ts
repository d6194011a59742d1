// Writes what was found at the sensors of a site.
import { RecentMap } from '@wellhead/host';
import type { FoundEvent, StoredEvent } from '../../event/stored-event.ts';
import type { EventStore } from '../../store/event-store.ts';
import type { SensorSummary } from '../../store/reading-store.ts';
import { quarterStart } from '../worker/quarter.ts';
import type { QuarterEvents } from './sensor-analysis.ts';
import { spansOf } from './site-spans.ts';

const pageSize = 1_000;
/** Spans whose text is remembered, so that what has not changed costs no question to the store. */
const rememberedMost = 20_000;

export class SiteAnalysis {
  readonly #events: EventStore;
  readonly #written = new RecentMap<string, string>(rememberedMost);

  constructor(events: EventStore) {
    this.#events = events;
  }

  /**
   * Replaces what the store holds of these sensors and quarters, all of one site, and resolves with what has changed.
   * @throws WellheadError STORE_QUERY, STORE_WRITE: then the same must be given again
   */
  async write(
    looked: readonly QuarterEvents[],
    sensors: readonly SensorSummary[],
    now: number,
  ): Promise<readonly StoredEvent[]> {
    const news = looked
      .map((one) => ({ ...one, text: JSON.stringify(one.events) }))
      .filter((one) => this.#written.get(keyOf(one)) !== one.text);
    const changed: StoredEvent[] = [];
    for (const quarter of new Set(news.map((one) => one.quarter))) {
      const { site } = news[0]!;
      // The others are held as they were written.
      const own = news.filter((one) => one.quarter === quarter);
      const others = await heldIn(this.#events, site, quarter);
      const spans = spansOf({ site, quarter, looked: own, others, measuring: measuringOf(sensors, site) });
      changed.push(...(await this.#events.replace(spans, now)));
      for (const one of own) this.#written.set(keyOf(one), one.text);
    }
    return changed;
  }
}

/** What `write` would write of one site and quarter, without writing it: the events, regional ones last. */
export async function foundAtSite(
  events: EventStore,
  looked: readonly QuarterEvents[],
  sensors: readonly SensorSummary[],
): Promise<readonly FoundEvent[]> {
  const [first] = looked;
  if (first === undefined) return [];
  const { site, quarter } = first;
  const others = await heldIn(events, site, quarter);
  const spans = spansOf({ site, quarter, looked, others, measuring: measuringOf(sensors, site) });
  return spans.flatMap((span) => span.events);
}

/** How many sensors of the site measured a property at a time. */
function measuringOf(sensors: readonly SensorSummary[], site: string) {
  const own = sensors.filter((sensor) => sensor.site === site);
  return (property: string, time: number) =>
    own.filter(
      ({ properties, firstMeasuredAt, lastMeasuredAt }) =>
        properties.includes(property) && firstMeasuredAt <= time && time <= lastMeasuredAt,
    ).length;
}

/** What is held of a site and starts in a quarter, without what others said of it. */
async function heldIn(events: EventStore, site: string, quarter: number): Promise<FoundEvent[]> {
  const range = { from: quarterStart(quarter), to: quarterStart(quarter + 1) };
  const held: FoundEvent[] = [];
  for (let page = await events.find({ site, ...range, limit: pageSize }); ; ) {
    for (const { feedback, withdrawn, foundAt, changedAt, ...event } of page.events)
      if (event.start >= range.from) held.push(event);
    if (page.next === undefined) return held;
    page = await events.find({ site, ...range, limit: pageSize, after: page.next });
  }
}

function keyOf({ site, sensor, quarter }: QuarterEvents): string {
  return `${site}/${sensor}/${quarter}`;
}
