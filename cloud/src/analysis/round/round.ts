// One round of the analysis: from new readings to events.
import { groupBy } from '@wellhead/protocol';
import type { StoredEvent } from '../../event/stored-event.ts';
import type { EventStore } from '../../store/event-store.ts';
import type { ReadingStore, SensorSummary } from '../../store/reading-store.ts';
import { lifeOf, touchedQuarters } from '../worker/life.ts';
import { quarterOf } from '../worker/quarter.ts';
import type { SensorMark } from './changed-sensors.ts';
import { inLanes } from './in-lanes.ts';
import { lastTimely } from './last-timely.ts';
import type { QuarterEvents, SensorAnalysis } from './sensor-analysis.ts';
import type { SiteAnalysis } from './site-analysis.ts';

/** What a sensor is looked at for: new readings, or something new that was said of an event of a quarter. */
export interface Occasion {
  readonly site: string;
  readonly sensor: string;
  readonly mark?: SensorMark | undefined;
  /** The first quarter that people's words or the caller want to be looked at anew, up to the newest. */
  readonly since?: number | undefined;
}

export interface RoundParts {
  readonly store: ReadingStore;
  readonly sensors: SensorAnalysis;
  readonly sites: SiteAnalysis;
  readonly now: () => number;
  /** Sensors looked at at once: while one is with its detector, the readings of the next are fetched. */
  readonly lanes: number;
}

export interface RoundResult {
  readonly changed: readonly StoredEvent[];
  /** Events that went on when the round began. */
  readonly open: number;
}

/** @throws WellheadError STORE_QUERY, STORE_WRITE: the same round again makes it good */
export async function runRound(
  occasions: readonly Occasion[],
  { store, sensors, sites, now, lanes }: RoundParts,
): Promise<RoundResult> {
  const summaries = await store.sensors();
  const byKey = new Map(summaries.map((summary) => [`${summary.site}/${summary.sensor}`, summary]));
  const open = await openQuarters(store.events);
  const changed: StoredEvent[] = [];
  const bySite = groupBy(occasions, ({ site }) => site);
  const looks = occasions.flatMap((occasion) => {
    const summary = byKey.get(`${occasion.site}/${occasion.sensor}`);
    return summary === undefined ? [] : [{ occasion, summary }];
  });
  const found = new Map<string, QuarterEvents[]>();
  const left = new Map([...bySite].map(([site, all]) => [site, all.length]));
  await inLanes(looks, lanes, async ({ occasion, summary }) => {
    const { site } = occasion;
    const own = found.get(site) ?? [];
    found.set(site, own);
    own.push(...(await lookAt(occasion, summary, sensors, open)));
    left.set(site, left.get(site)! - 1);
    if (left.get(site) !== 0) return;
    // The last sensor of a site: nothing of it has to wait in memory any longer.
    found.delete(site);
    changed.push(...(await sites.write(own, summaries, now())));
  });
  for (const own of found.values()) changed.push(...(await sites.write(own, summaries, now())));
  return { changed, open: open.count };
}

async function lookAt(
  occasion: Occasion,
  summary: SensorSummary,
  sensors: SensorAnalysis,
  open: OpenQuarters,
): Promise<QuarterEvents[]> {
  const { site, sensor, mark } = occasion;
  const newest = quarterOf(Math.max(lastTimely(summary), (mark?.to ?? Number.NEGATIVE_INFINITY) - 1));
  const found: QuarterEvents[] = [];
  const openOf = open.of(site, sensor);
  const isAlive = (q: number) => openOf.has(q) || sensors.isWaiting(site, sensor, q);
  for (const quarter of quartersOf(occasion, { newest, openOf, isAlive })) {
    const fresh = occasion.since !== undefined && quarter >= occasion.since ? undefined : mark;
    const look = await sensors.look({
      sensor: summary,
      quarter,
      keep: quarter >= newest - 1,
      ...(fresh !== undefined && { fresh: { from: fresh.from, to: fresh.to } }),
    });
    if (look !== undefined) found.push(look);
  }
  return found;
}

interface Known {
  readonly newest: number;
  /** Quarters in which events of the sensor began that go on. */
  readonly openOf: ReadonlySet<number>;
  /** Whether a detector of a quarter before still waits for the end of an event of its own. */
  readonly isAlive: (quarter: number) => boolean;
}

/** In order: the quarters that the new readings touch or may end events of, and those since what was said. */
function quartersOf({ mark, since }: Occasion, { newest, openOf, isAlive }: Known): number[] {
  const quarters = new Set<number>();
  for (const quarter of mark?.quarters ?? []) {
    for (const begun of openOf) if (begun <= quarter) quarters.add(begun);
    for (const touched of touchedQuarters(quarter, newest)) {
      const isBefore = touched === quarter - 1;
      if (isBefore && mark!.from >= lifeOf(touched).settled && quarter === newest && !isAlive(touched))
        continue;
      quarters.add(touched);
    }
  }
  for (let q = since ?? Number.POSITIVE_INFINITY; q <= newest; q++) quarters.add(q);
  return [...quarters].sort((a, b) => a - b);
}

interface OpenQuarters {
  readonly count: number;
  of(site: string, sensor: string): ReadonlySet<number>;
}

const noQuarters: ReadonlySet<number> = new Set();

const pageSize = 1_000;
/** Beyond this something is wrong with the sensors; those that are not known are looked at when they are touched. */
const openMost = 20_000;

/** Where events go on: a reading of now may end them. */
async function openQuarters(events: EventStore): Promise<OpenQuarters> {
  const quarters = new Map<string, Set<number>>();
  let count = 0;
  for (let page = await events.find({ open: true, limit: pageSize }); ; ) {
    for (const { site, sensors, start } of page.events) {
      count++;
      for (const sensor of sensors) {
        const key = `${site}/${sensor}`;
        quarters.set(key, (quarters.get(key) ?? new Set()).add(quarterOf(start)));
      }
    }
    if (page.next === undefined || count >= openMost) break;
    page = await events.find({ open: true, limit: pageSize, after: page.next });
  }
  return { count, of: (site, sensor) => quarters.get(`${site}/${sensor}`) ?? noQuarters };
}
