// What a detector is told of its sensor: from the sensor's type, its site, and what people said.
import { hourMs, minuteMs, type SensorType, type Site, secondMs } from '@wellhead/protocol';
import type { SensorSummary } from '../../store/reading-store.ts';
import type { DetectionSettings, PropertyDetection } from '../detector/sensor-detector.ts';
import type { EventWords } from '../event/explain.ts';

export interface SettingsSources {
  readonly sensor: SensorSummary;
  /** Left out where nobody knows the type: then everything it sends is taken for a number. */
  readonly type: SensorType | undefined;
  readonly site: Site | undefined;
  readonly alarmsPerYear: number;
}

/** The settings but for caution, which is people's; undefined where nothing of the sensor is to be looked at. */
export function settingsOf({
  sensor,
  type,
  site,
  alarmsPerYear,
}: SettingsSources): DetectionSettings | undefined {
  if (type?.detection?.enabled === false) return undefined;
  const properties = propertiesOf(sensor, type);
  if (properties.length === 0) return undefined;
  const maintenance = (site?.maintenance ?? [])
    .filter(({ sensors }) => sensors === undefined || sensors.includes(sensor.sensor))
    .map(({ from, to }) => ({ from, to }))
    .sort((a, b) => a.from - b.from);
  return {
    properties,
    interval: type?.interval ?? usualInterval(sensor),
    alarmsPerYear: type?.detection?.alarmsPerYear ?? alarmsPerYear,
    ...(maintenance.length > 0 && { maintenance }),
  };
}

/** What explanations call the sensor and its properties. */
export function wordsOf({ sensor, type, site }: Omit<SettingsSources, 'alarmsPerYear'>): EventWords {
  return {
    sensor: site?.sensors[sensor.sensor]?.title ?? sensor.sensor,
    properties: new Map((type?.properties ?? []).map((property) => [property.name, definedOf(property)])),
  };
}

function propertiesOf(sensor: SensorSummary, type: SensorType | undefined): PropertyDetection[] {
  if (type === undefined) return sensor.properties.map((name) => ({ name, title: name, unit: '' }));
  return type.properties
    .filter(({ name }) => sensor.properties.includes(name))
    .filter(({ kind, detection }) => (kind ?? 'number') === 'number' && detection?.enabled !== false)
    .map((property) => ({ name: property.name, ...definedOf(property) }));
}

function definedOf({ title, unit, resolution }: SensorType['properties'][number]) {
  return { title, unit, ...(resolution !== undefined && { resolution }) };
}

/** Steps that loggers are set to. */
const usualIntervals = [
  ...[secondMs, 10 * secondMs, minuteMs, 5 * minuteMs, 10 * minuteMs, 15 * minuteMs, 30 * minuteMs],
  ...[hourMs, 3 * hourMs, 6 * hourMs, 12 * hourMs, 24 * hourMs],
];

/**
 * Where no type says it: the usual one next to the mean step. Not the mean itself, which changes with each reading, and
 * would begin the detector anew each time.
 */
function usualInterval({ readings, firstMeasuredAt, lastMeasuredAt }: SensorSummary): number {
  if (readings < 2) return hourMs;
  const mean = Math.max(1, (lastMeasuredAt - firstMeasuredAt) / (readings - 1));
  const distance = (interval: number) => Math.abs(Math.log(interval / mean));
  return usualIntervals.reduce((best, one) => (distance(one) < distance(best) ? one : best));
}
