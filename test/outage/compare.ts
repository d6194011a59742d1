// Key by key: what sensors published and saw acknowledged, against what the API gives back.
import type { Value } from '@wellhead/protocol';
import type { SensorReading } from '../../sim/src/sensor-reading.ts';

export interface Comparison {
  readonly acknowledged: number;
  readonly held: number;
  /** Acknowledged but not held. */
  readonly lost: number;
  /** Held more than once, by time of measurement or by key. */
  readonly doubled: number;
  /** Held with another value than was published. */
  readonly changed: number;
  /** Held but never published. */
  readonly invented: number;
  /** Rows of the CSV export that differ from the JSON readings. */
  readonly exportDiffers: number;
  readonly examples: readonly string[];
}

export interface ApiReading {
  readonly origin: string;
  readonly seq: number;
  readonly measuredAt: string;
  readonly values: Readonly<Record<string, Value>>;
}

/** `published` holds all readings that were sent, `acknowledged` the times of those whose PUBACK came. */
export async function compareSensor(
  apiUrl: string,
  sensor: string,
  published: ReadonlyMap<number, SensorReading>,
  acknowledged: ReadonlySet<number>,
): Promise<Comparison> {
  const examples: string[] = [];
  const example = (text: string) => {
    if (examples.length < 5) examples.push(`${sensor}: ${text}`);
  };
  const readings = await allReadings(apiUrl, sensor);
  const times = new Set<number>();
  const keys = new Set<string>();
  let doubled = 0;
  let changed = 0;
  let invented = 0;
  for (const reading of readings) {
    const time = Date.parse(reading.measuredAt);
    const key = `${reading.origin}/${reading.seq}`;
    if (times.has(time) || keys.has(key)) {
      doubled++;
      example(`${reading.measuredAt} (${key}) is there twice`);
    }
    times.add(time);
    keys.add(key);
    const original = published.get(time);
    if (original === undefined) {
      invented++;
      example(`${reading.measuredAt} was never published`);
    } else if (!sameValues(original.values, reading.values)) {
      changed++;
      example(
        `${reading.measuredAt}: ${JSON.stringify(original.values)} became ${JSON.stringify(reading.values)}`,
      );
    }
  }
  let lost = 0;
  for (const time of acknowledged) {
    if (times.has(time)) continue;
    lost++;
    example(`${new Date(time).toISOString()} was acknowledged and is not there`);
  }
  return {
    acknowledged: acknowledged.size,
    held: readings.length,
    lost,
    doubled,
    changed,
    invented,
    exportDiffers: await exportDifferences(apiUrl, sensor, readings),
    examples,
  };
}

export async function allReadings(apiUrl: string, sensor: string): Promise<ApiReading[]> {
  const all: ApiReading[] = [];
  let cursor = '';
  do {
    const response = await fetch(
      `${apiUrl}/api/v1/readings?site=lancashire&sensor=${sensor}&limit=10000${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    if (response.status === 404) return all;
    if (!response.ok) throw new Error(`/readings answered ${response.status}: ${await response.text()}`);
    const page = (await response.json()) as { readings: ApiReading[]; next: string | null };
    all.push(...page.readings);
    cursor = page.next ?? '';
  } while (cursor !== '');
  return all;
}

export async function exportDifferences(
  apiUrl: string,
  sensor: string,
  readings: readonly ApiReading[],
): Promise<number> {
  const response = await fetch(`${apiUrl}/api/v1/readings?site=lancashire&sensor=${sensor}&format=csv`);
  if (response.status === 404) return readings.length;
  const [head, ...rows] = (await response.text()).trimEnd().split(/\r?\n/);
  const columns = head!.split(',');
  let differing = Math.abs(rows.length - readings.length);
  for (const [i, row] of rows.entries()) {
    const reading = readings[i];
    const cells = row.split(',');
    const cell = (name: string) => cells[columns.indexOf(name)];
    const same =
      reading !== undefined &&
      cell('measuredAt') === reading.measuredAt &&
      cell('seq') === String(reading.seq) &&
      cell('origin') === reading.origin &&
      Object.entries(reading.values).every(([property, value]) =>
        typeof value === 'number' ? Number(cell(property)) === value : cell(property) === String(value ?? ''),
      );
    if (!same) differing++;
  }
  return differing;
}

function sameValues(a: Readonly<Record<string, Value>>, b: Readonly<Record<string, Value>>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.is(a[name], b[name]));
}
