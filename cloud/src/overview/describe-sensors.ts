// Everything known of each sensor: from its readings, from its gateway, from its type and from the site file.
import { isNamedOrigin, isoOrNull, type SensorType, type Site } from '@wellhead/protocol';
import type { OriginAnswer, PropertyAnswer, SensorAnswer } from '../api/answer/answers.ts';
import type { GatewayRecord } from '../fleet/gateways.ts';
import type { Requests } from '../fleet/requests.ts';
import type { SensorSummary } from '../store/reading-store.ts';
import type { DipsOf } from './describe-dips.ts';
import { assumedRhythm, judgeFreshness } from './freshness.ts';
import { classifyMissing } from './missing.ts';
import { comparePlaces, placeOfSensor, type SensorName } from './place.ts';

export interface Known {
  readonly summaries: readonly SensorSummary[];
  readonly gateways: readonly GatewayRecord[];
  readonly types: ReadonlyMap<string, SensorType>;
  readonly sites: ReadonlyMap<string, Site>;
  readonly dips: DipsOf;
  readonly now: number;
  /** What a sensor's gateway was asked for lately; left out where this process reaches no gateway. */
  readonly requests?: Pick<Requests, 'pending'> | undefined;
}

/** Sensors with readings, and those that a gateway is set up for and that never sent one; by site and name. */
export function sensorNames({ summaries, gateways }: Known, site?: string): SensorName[] {
  const names = new Map<string, SensorName>();
  const add = (name: SensorName) => {
    if (site === undefined || site === name.site) names.set(keyOf(name), name);
  };
  for (const record of gateways)
    for (const { sensor } of record.status?.sensors ?? []) add({ site: record.site, sensor });
  for (const { site: at, sensor } of summaries) add({ site: at, sensor });
  return [...names.values()].sort((a, b) => comparePlaces(placeOfSensor(a), placeOfSensor(b)));
}

/** What is known of these sensors, in the order they are named. */
export function describeSensors(known: Known, names: readonly SensorName[]): SensorAnswer[] {
  const summaryOf = new Map(known.summaries.map((summary) => [keyOf(summary), summary]));
  const gatewayOf = new Map(known.gateways.map((record) => [`${record.site}/${record.gateway}`, record]));
  const setUp = setUpBy(known.gateways);
  const propertiesOf = rememberProperties();
  return names.map((name) => {
    const summary = summaryOf.get(keyOf(name));
    const place = setUp.get(keyOf(name));
    const gateway =
      summary === undefined ? place?.record : gatewayOf.get(`${summary.site}/${summary.gateway}`);
    return describe(
      name,
      { summary, place, gateway, propertiesOf, dips: known.dips(name.site, name.sensor) },
      known,
    );
  });
}

function keyOf({ site, sensor }: SensorName): string {
  return `${site}/${sensor}`;
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
  readonly propertiesOf: typeof describeProperties;
  readonly dips: SensorAnswer['dips'];
}

function describe(
  { site, sensor }: SensorName,
  { summary, place, gateway, propertiesOf, dips }: Sources,
  known: Known,
): SensorAnswer {
  const file = known.sites.get(site)?.sensors[sensor];
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
    title: file?.title ?? place?.title ?? sensor,
    type: typeName,
    typeTitle: type?.title ?? null,
    gateway: summary?.gateway || (place?.record.gateway ?? ''),
    intervalSeconds: type === undefined ? null : type.interval / 1000,
    gapSteps: rhythm.gapSteps,
    properties: propertiesOf(type, summary?.properties ?? []),
    readings: summary?.readings ?? 0,
    firstMeasuredAt: isoOrNull(summary?.firstMeasuredAt),
    lastMeasuredAt: isoOrNull(summary?.lastMeasuredAt),
    lastStoredAt: isoOrNull(summary?.lastStoredAt),
    freshness: judgeFreshness(last, rhythm, known.now),
    origins: describeOrigins({ site, sensor }, { summary, gateway }, known),
    ...(file?.datum !== undefined && { datum: file.datum }),
    ...(dips !== undefined && { dips }),
  };
}

/** Sensors of a fleet are mostly alike: what was described once is given again. */
function rememberProperties(): typeof describeProperties {
  const known = new Map<string, PropertyAnswer[]>();
  return (type, sent) => {
    const key = `${type?.type} ${sent.join()}`;
    const found = known.get(key) ?? describeProperties(type, sent);
    known.set(key, found);
    return found;
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
  { site, sensor }: SensorName,
  { summary, gateway }: Pick<Sources, 'summary' | 'gateway'>,
  { requests }: Known,
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
      missing: classifyMissing(one, entryOf(one.origin), requests?.pending(site, sensor, one.origin)),
    }));
}
