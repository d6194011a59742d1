// Everything known of each sensor: from its readings, from its gateway, from its type and from the site file.
import { isNamedOrigin, type SensorType, type Site } from '@wellhead/protocol';
import type { GatewayRecord } from '../bridge/gateways.ts';
import type { SensorSummary } from '../store/reading-store.ts';
import type { OriginAnswer, PropertyAnswer, SensorAnswer } from './answers.ts';
import { assumedRhythm, judgeFreshness } from './freshness.ts';
import { classifyMissing } from './missing.ts';

export interface Known {
  readonly summaries: readonly SensorSummary[];
  readonly gateways: readonly GatewayRecord[];
  readonly types: ReadonlyMap<string, SensorType>;
  readonly sites: ReadonlyMap<string, Site>;
  readonly now: number;
}

/** Sensors with readings, and those that a gateway is set up for and that never sent one; by site and name. */
export function describeSensors(known: Known, site?: string): SensorAnswer[] {
  const bySensor = new Map<string, SensorSummary | undefined>();
  const wanted = (of: string) => site === undefined || site === of;
  const gatewayOf = new Map<string, GatewayRecord>();
  for (const record of known.gateways) {
    if (!wanted(record.site)) continue;
    gatewayOf.set(`${record.site}/${record.gateway}`, record);
    for (const { sensor } of record.status?.sensors ?? [])
      bySensor.set(`${record.site}/${sensor}`, undefined);
  }
  for (const summary of known.summaries)
    if (wanted(summary.site)) bySensor.set(`${summary.site}/${summary.sensor}`, summary);
  const setUp = setUpBy(known.gateways);
  return [...bySensor]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, summary]) => {
      const place = setUp.get(key);
      const gateway =
        summary === undefined ? place?.record : gatewayOf.get(`${summary.site}/${summary.gateway}`);
      return describe(key, { summary, place, gateway }, known);
    });
}

interface SetUp {
  readonly record: GatewayRecord;
  readonly type: string;
  readonly title: string | undefined;
}

function setUpBy(gateways: readonly GatewayRecord[]): Map<string, SetUp> {
  const places = new Map<string, SetUp>();
  for (const record of gateways)
    for (const { sensor, type, title } of record.status?.sensors ?? [])
      places.set(`${record.site}/${sensor}`, { record, type, title });
  return places;
}

interface Sources {
  readonly summary: SensorSummary | undefined;
  readonly place: SetUp | undefined;
  readonly gateway: GatewayRecord | undefined;
}

function describe(key: string, { summary, place, gateway }: Sources, known: Known): SensorAnswer {
  const slash = key.indexOf('/');
  const site = key.slice(0, slash);
  const sensor = key.slice(slash + 1);
  const typeName = summary?.type || place?.type || '';
  const type = known.types.get(typeName);
  const rhythm =
    type === undefined ? assumedRhythm : { intervalMs: type.interval, gapSteps: type.time.gapSteps };
  const last =
    summary === undefined
      ? undefined
      : { storedAt: summary.lastStoredAt, measuredAt: summary.lastMeasuredAt };
  return {
    site,
    sensor,
    title: known.sites.get(site)?.sensors[sensor]?.title ?? place?.title ?? sensor,
    type: typeName,
    typeTitle: type?.title ?? null,
    gateway: summary?.gateway || (place?.record.gateway ?? ''),
    intervalSeconds: type === undefined ? null : type.interval / 1000,
    gapSteps: rhythm.gapSteps,
    properties: describeProperties(type, summary?.properties ?? []),
    readings: summary?.readings ?? 0,
    firstMeasuredAt: isoOrNull(summary?.firstMeasuredAt),
    lastMeasuredAt: isoOrNull(summary?.lastMeasuredAt),
    lastStoredAt: isoOrNull(summary?.lastStoredAt),
    freshness: judgeFreshness(last, rhythm, known.now),
    origins: describeOrigins(sensor, summary, gateway),
  };
}

/** The type's properties in its order, then what the sensor sends beside them. */
export function describeProperties(type: SensorType | undefined, sent: readonly string[]): PropertyAnswer[] {
  const known = (type?.properties ?? []).map(({ name, title, unit, resolution }) => ({
    name,
    isSent: sent.includes(name),
    title,
    unit,
    ...(resolution === undefined ? {} : { resolution }),
  }));
  const names = new Set(known.map(({ name }) => name));
  const others = sent.filter((name) => !names.has(name)).sort();
  return [...known, ...others.map((name) => ({ name, isSent: true }))];
}

function describeOrigins(
  sensor: string,
  summary: SensorSummary | undefined,
  gateway: GatewayRecord | undefined,
): OriginAnswer[] {
  const { ledger } = gateway ?? {};
  const entryOf = (origin: string) =>
    ledger?.origin === origin ? ledger.sensors.find((entry) => entry.sensor === sensor) : undefined;
  const held = summary?.origins ?? [];
  const unheard =
    ledger !== undefined &&
    !held.some(({ origin }) => origin === ledger.origin) &&
    entryOf(ledger.origin) !== undefined
      ? [{ origin: ledger.origin, highest: 0, missing: [] }]
      : [];
  return [...held, ...unheard]
    .filter(({ origin }) => !isNamedOrigin(origin))
    .map((one) => ({
      origin: one.origin,
      highest: one.highest,
      missing: classifyMissing(one, entryOf(one.origin)),
    }));
}

export function isoOrNull(time: number | undefined): string | null {
  return time === undefined || !Number.isFinite(time) ? null : new Date(time).toISOString();
}
