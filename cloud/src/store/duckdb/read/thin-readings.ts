// Thins in the database: only a few numbers for each stretch of time leave it.

import { flagOfRank } from '../../quality-word.ts';
import { type Bucket, bucketLength, type Cell, type Thinned, type ThinQuery } from '../../thin-query.ts';
import { type TypeTable, tableName } from '../open/schema.ts';
import type { Sensor } from '../open/state.ts';
import { conditions } from './conditions.ts';
import type { FindOptions } from './find-readings.ts';

const rank = (flag: string) =>
  `CASE ${flag} WHEN 1 THEN 0 WHEN 2 THEN 1 WHEN 9 THEN 2 WHEN 4 THEN 4 ELSE 3 END`;

/** What is written between its two questions would make more stretches than were asked for: both see one moment. */
export async function thinReadings(sensor: Sensor, asked: ThinQuery, options: FindOptions): Promise<Thinned> {
  await options.query('BEGIN TRANSACTION READ ONLY');
  try {
    return await thinAtOneMoment(sensor, asked, options);
  } finally {
    await options.query('ROLLBACK');
  }
}

async function thinAtOneMoment(
  sensor: Sensor,
  asked: ThinQuery,
  { query, state }: FindOptions,
): Promise<Thinned> {
  const where = conditions(sensor, asked);
  const tables = [...sensor.types].map((type) => state.typeById[type]!);
  const all = (select: (type: TypeTable) => string, more = '') =>
    tables.map((type) => `${select(type)} FROM ${tableName(type)} WHERE ${where}${more}`).join(' UNION ALL ');
  const range = await query(
    `SELECT min(measured_at) FILTER (time_flag <> 4), max(measured_at) FILTER (time_flag <> 4),
       count(*) FILTER (time_flag = 4)::DOUBLE
     FROM (${all(() => 'SELECT measured_at, time_flag')})`,
  );
  const [first, last, untimely] = (await range.getRows())[0] as [number | null, number | null, number];
  if (first === null || last === null) return { bucketMs: 1, buckets: [], untimely };
  const bucketMs = bucketLength(bound(asked.from) ?? first, lastOf(asked.to) ?? last, asked.buckets);
  const cells = asked.properties.map(
    (_, p) => `count(v${p})::DOUBLE, min(v${p}), max(v${p}), max(r${p})::DOUBLE`,
  );
  const result = await query(
    `SELECT ${['b', 'count(*)::DOUBLE', 'min(measured_at)', 'max(measured_at)', ...cells].join(', ')}
     FROM (${all((type) => selectCells(type, asked.properties, bucketMs), ' AND time_flag <> 4')})
     GROUP BY b ORDER BY b`,
  );
  const rows = (await result.getRows()) as (number | null)[][];
  return { bucketMs, buckets: rows.map((row) => bucketOf(row, bucketMs, asked.properties.length)), untimely };
}

function selectCells(type: TypeTable, properties: readonly string[], bucketMs: number): string {
  const columns = properties.map((property, p) => {
    const place = type.columnOf.get(property);
    if (place === undefined) return `NULL::DOUBLE AS v${p}, NULL::INTEGER AS r${p}`;
    const [value, flag] = [`value_${place}`, `flag_${place}`];
    // What is no number stands in `raw` under its name; quotes inside of texts are escaped there.
    const key = `${JSON.stringify(property)}:`.replaceAll("'", "''");
    return (
      `CASE WHEN ${flag} NOT IN (4, 9) AND isfinite(${value}) THEN ${value} END AS v${p}, ` +
      `CASE WHEN ${value} IS NOT NULL OR contains(raw, '${key}') THEN ${rank(flag)} END AS r${p}`
    );
  });
  return `SELECT ${[`floor(measured_at / ${bucketMs}) AS b`, 'measured_at', ...columns].join(', ')}`;
}

function bucketOf(row: readonly (number | null)[], bucketMs: number, width: number): Bucket {
  const cells = Array.from({ length: width }, (_, p): Cell => {
    const [count, min, max, worst] = row.slice(4 + 4 * p, 8 + 4 * p);
    return {
      count: count!,
      min: min ?? Number.NaN,
      max: max ?? Number.NaN,
      worst: worst === null ? undefined : flagOfRank(worst!),
    };
  });
  return { start: row[0]! * bucketMs, readings: row[1]!, first: row[2]!, last: row[3]!, cells };
}

function bound(time: number | undefined): number | undefined {
  return Number.isFinite(time) ? time : undefined;
}

/** The end does not belong to the range: a range that ends on a border does not touch the next stretch. */
function lastOf(to: number | undefined): number | undefined {
  return Number.isFinite(to) ? to! - 1 : undefined;
}
