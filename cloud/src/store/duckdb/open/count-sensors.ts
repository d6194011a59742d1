// What the tables say of each sensor: how many readings, from when to when, and the newest.
import type { Duckdb } from './database.ts';
import type { Query } from './query-lane.ts';
import { ChunkColumns, readingRows, selectReadings } from './reading-rows.ts';
import { doubleSql, type TypeTable, tableName } from './schema.ts';
import { isLater, newSeries, type Sensor, type StoreState } from './state.ts';

/** What the tables say about one sensor and origin. */
interface SeriesCount {
  readonly sensor: number;
  readonly origin: number;
  readonly readings: number;
  readonly first: number;
  readonly last: number;
  readonly lastStored: number;
  readonly highest: number;
}

export interface CountOptions {
  readonly duckdb: Duckdb;
  readonly query: Query;
  readonly types: readonly TypeTable[];
  readonly state: StoreState;
  /** Left out: all sensors. */
  readonly only?: readonly number[];
}

/**
 * Fills in counts, first and last times and newest readings of `sensors` (by id) from the tables, one aggregate
 * query and one look-up per type.
 */
export async function countSensors(
  sensors: ReadonlyMap<number, Sensor>,
  options: CountOptions,
): Promise<void> {
  for (const type of options.types) {
    const counts = await countType(type, options);
    const lastOf = new Map<number, number>();
    for (const count of counts) {
      const sensor = sensors.get(count.sensor)!;
      sensor.readings += count.readings;
      sensor.first = Math.min(sensor.first, count.first);
      sensor.last = Math.max(sensor.last, count.last);
      sensor.lastStored = Math.max(sensor.lastStored, count.lastStored);
      const origin = options.state.textById[count.origin]!;
      const series = sensor.series.get(origin) ?? newSeries(origin, count.origin);
      series.highest = Math.max(series.highest, count.highest);
      sensor.series.set(origin, series);
      lastOf.set(count.sensor, Math.max(count.last, lastOf.get(count.sensor) ?? Number.NEGATIVE_INFINITY));
    }
    if (lastOf.size > 0) await findNewest(sensors, type, lastOf, options);
  }
}

async function countType(type: TypeTable, { duckdb, query, only }: CountOptions): Promise<SeriesCount[]> {
  const where = only === undefined ? '' : `WHERE sensor IN (${only.join(', ')})`;
  const result = await query(
    `SELECT sensor, origin, count(*)::DOUBLE, min(measured_at), max(measured_at), max(stored_at), max(seq)
     FROM ${tableName(type)} ${where} GROUP BY sensor, origin`,
  );
  const counts: SeriesCount[] = [];
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return counts;
    const columns = new ChunkColumns(duckdb, chunk);
    const sensors = columns.integers(0);
    const origins = columns.integers(1);
    const [readings, first, last, lastStored, highest] = [2, 3, 4, 5, 6].map((c) => columns.doubles(c));
    for (let i = 0; i < chunk.rowCount; i++) {
      counts.push({
        sensor: sensors[i]!,
        origin: origins[i]!,
        readings: readings![i]!,
        first: first![i]!,
        last: last![i]!,
        lastStored: lastStored![i]!,
        highest: highest![i]!,
      });
    }
  }
}

async function findNewest(
  sensors: ReadonlyMap<number, Sensor>,
  type: TypeTable,
  lastOf: ReadonlyMap<number, number>,
  { duckdb, query, state }: CountOptions,
): Promise<void> {
  const table = tableName(type);
  const lasts = [...lastOf].map(([sensor, at]) => `(${sensor}, ${doubleSql(at)})`).join(', ');
  // Readings of the same moment are told apart by origin and seq; each origin's highest seq is enough.
  const newest = `(sensor, origin, measured_at, seq) IN (
    SELECT t.sensor, t.origin, t.measured_at, max(t.seq) FROM ${table} t
    JOIN (VALUES ${lasts}) AS l(sensor, last) ON t.sensor = l.sensor AND t.measured_at = l.last
    GROUP BY t.sensor, t.origin, t.measured_at)`;
  const names = {
    duckdb,
    state,
    properties: type.properties,
    sensorNames: (id: number) => sensors.get(id)!,
  };
  for (const row of await readingRows(await query(selectReadings(type, type.properties, newest)), names)) {
    const sensor = sensors.get(row.sensorId)!;
    if (sensor.latest === undefined || isLater(row, sensor.latest)) sensor.latest = row;
  }
}
