// What the fleet's table says of each sensor, and who needs a person most.
import { groupBy } from '@wellhead/protocol';
import type {
  EventAnswer,
  SensorAnswer,
  SiteAnswer,
  StoredReading,
} from '../../../../src/api/answer/answers.ts';
import { type Overview, sensorKey } from '../../client/use-sensors.ts';
import { type Judged, judgeFreshness } from '../../series/judge-freshness.ts';

type GatewayAnswer = SiteAnswer['gateways'][number];

/** Why somebody should look, the most urgent first; the last needs nobody. */
export const needs = [
  'fault',
  'process',
  'silent',
  'late',
  'gateway away',
  'maintenance',
  'never',
  'none',
] as const;
export type Need = (typeof needs)[number];

export interface FleetRow {
  readonly sensor: SensorAnswer;
  readonly siteTitle: string;
  readonly freshness: Judged;
  readonly newest: StoredReading | undefined;
  readonly gateway: GatewayAnswer | undefined;
  /** Events that go on now. */
  readonly open: readonly EventAnswer[];
  readonly need: Need;
}

export interface FleetSources {
  readonly overview: Overview;
  readonly open: readonly EventAnswer[];
  /** The cloud's clock: milliseconds since 1970. */
  readonly now: number;
}

/** One row a sensor, the most urgent first; among equals by site and name. */
export function fleetRows({ overview, open, now }: FleetSources): FleetRow[] {
  const sites = new Map(overview.sites.map((site) => [site.site, site]));
  const events = bySensor(open);
  const rows = overview.sensors.map((sensor) => {
    const key = sensorKey(sensor);
    return rowOf(sensor, {
      site: sites.get(sensor.site),
      newest: overview.newest.get(key),
      open: events.get(key) ?? [],
      now,
    });
  });
  // The API gives sensors by site and name, and sorting keeps that order among equals.
  return rows.sort((a, b) => needs.indexOf(a.need) - needs.indexOf(b.need));
}

interface RowSources {
  readonly site: SiteAnswer | undefined;
  readonly newest: StoredReading | undefined;
  readonly open: readonly EventAnswer[];
  readonly now: number;
}

function rowOf(sensor: SensorAnswer, { site, newest, open, now }: RowSources): FleetRow {
  const freshness = judgeFreshness(sensor, newest, now);
  const gateway = site?.gateways.find((one) => one.gateway === sensor.gateway);
  const need = needOf(freshness, gateway, open);
  return { sensor, siteTitle: site?.title ?? sensor.site, freshness, newest, gateway, open, need };
}

function needOf({ word }: Judged, gateway: GatewayAnswer | undefined, open: readonly EventAnswer[]): Need {
  const has = (kind: EventAnswer['kind']) => open.some((event) => event.kind === kind);
  if (has('fault')) return 'fault';
  if (has('process')) return 'process';
  if (word === 'silent' || word === 'late') return word;
  if (gateway?.state === 'offline' || gateway?.state === 'stopped') return 'gateway away';
  if (has('maintenance')) return 'maintenance';
  return word === 'never' ? 'never' : 'none';
}

function bySensor(events: readonly EventAnswer[]): Map<string, EventAnswer[]> {
  const pairs = events.flatMap((event) =>
    event.sensors.map((sensor) => ({ key: sensorKey({ site: event.site, sensor }), event })),
  );
  return groupBy(
    pairs,
    ({ key }) => key,
    ({ event }) => event,
  );
}

/** Rows that hold every word, in names, titles, type, gateway, freshness or causes of open events. */
export function filterRows(rows: readonly FleetRow[], words: string): readonly FleetRow[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return rows;
  return rows.filter((row) => {
    const { sensor, siteTitle, freshness, open, need } = row;
    const events = open.map(({ kind, cause }) => `${kind} ${cause}`).join(' ');
    const text =
      `${sensor.site} ${siteTitle} ${sensor.sensor} ${sensor.title} ${sensor.type} ${sensor.gateway} ${freshness.word} ${need} ${events}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}
