// A page of a sensor’s readings, for those who read on from where the page before ended.
import type { ReadingCursor, ReadingPage, ReadingQuery } from '../../reading-store.ts';
import type { Duckdb } from '../open/database.ts';
import type { Query } from '../open/query-lane.ts';
import { readingRows, selectReadings } from '../open/reading-rows.ts';
import { doubleSql } from '../open/schema.ts';
import type { Sensor, StoreState } from '../open/state.ts';
import { conditions } from './conditions.ts';

export interface FindOptions {
  readonly duckdb: Duckdb;
  readonly query: Query;
  readonly state: StoreState;
}

/** One page of a sensor's readings, in the order of measuredAt, origin, seq. */
export async function findReadings(
  sensor: Sensor,
  asked: ReadingQuery,
  { duckdb, query, state }: FindOptions,
): Promise<ReadingPage> {
  // A name asked for twice, or one that the sensor never used, would only cost columns.
  const properties = [...new Set(asked.properties ?? sensor.properties)].filter((property) =>
    sensor.properties.has(property),
  );
  const sql = selectPage(sensor, asked, properties, state);
  const rows = await readingRows(await query(sql), { duckdb, state, properties, sensorNames: () => sensor });
  if (rows.length <= asked.limit) return { readings: rows.map((row) => row.reading) };
  const { measuredAt, origin, seq } = rows[asked.limit - 1]!;
  return {
    readings: rows.slice(0, asked.limit).map((row) => row.reading),
    next: { measuredAt, origin, seq },
  };
}

/** Selects one page and one reading more, in the form of `selectReadings`. */
export function selectPage(
  sensor: Sensor,
  asked: Omit<ReadingQuery, 'properties'>,
  properties: readonly string[],
  state: StoreState,
): string {
  const origins = [...sensor.series.values()].sort((a, b) => (a.origin < b.origin ? -1 : 1));
  const where = [
    conditions(sensor, asked),
    ...(asked.after === undefined ? [] : beyond(asked.after, origins)),
  ].join(' AND ');
  const tables = [...sensor.types].map((type) => selectReadings(state.typeById[type]!, properties, where));
  // Origins are ordered by their texts, which the tables do not hold: by their rank, then.
  const rank =
    origins.length < 2
      ? ''
      : ` CASE origin ${origins.map(({ originId }, place) => `WHEN ${originId} THEN ${place}`).join(' ')} END,`;
  return `SELECT * FROM (${tables.join(' UNION ALL ')}) ORDER BY measured_at,${rank} seq LIMIT ${asked.limit + 1}`;
}

function beyond(
  after: ReadingCursor,
  origins: readonly { readonly origin: string; readonly originId: number }[],
): string[] {
  const at = doubleSql(after.measuredAt);
  const later = origins.filter(({ origin }) => origin > after.origin).map(({ originId }) => originId);
  const same = origins.find(({ origin }) => origin === after.origin);
  const ties = [
    ...(later.length > 0 ? [`origin IN (${later.join(', ')})`] : []),
    ...(same !== undefined ? [`(origin = ${same.originId} AND seq > ${doubleSql(after.seq)})`] : []),
  ];
  // The first condition is implied by the second; alone it lets DuckDB skip what lies before.
  return [
    `measured_at >= ${at}`,
    ties.length === 0 ? `measured_at > ${at}` : `(measured_at > ${at} OR ${ties.join(' OR ')})`,
  ];
}
