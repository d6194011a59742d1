// A page of readings as plain numbers, for those who compute with very many.
import { flags as flagNumbers, type Value } from '@wellhead/protocol';
import { emptyColumns, type ReadingColumns } from '../../reading-columns.ts';
import type { ColumnsPage, ColumnsQuery, ReadingCursor } from '../../reading-store.ts';
import { ChunkColumns, firstProperty, fixedPlace } from '../open/reading-rows.ts';
import type { Sensor } from '../open/state.ts';
import { type FindOptions, selectPage } from './find-readings.ts';

type Chunk = NonNullable<Awaited<ReturnType<Awaited<ReturnType<FindOptions['query']>>['fetchChunk']>>>;

/** One page of a sensor's readings as numbers: copied column by column, no reading is made of them. */
export async function findColumns(
  sensor: Sensor,
  asked: ColumnsQuery,
  { duckdb, query, state }: FindOptions,
): Promise<ColumnsPage> {
  const { limit, properties } = asked;
  const result = await query(selectPage(sensor, asked, properties, state));
  const columns = emptyColumns(limit, properties.length);
  let last: ReadingCursor | undefined;
  let rows = 0;
  let filled = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return { columns: cut(columns, filled) };
    const source = new ChunkColumns(duckdb, chunk);
    const taken = Math.min(chunk.rowCount, limit - rows);
    filled = copyChunk({ chunk, source, taken, properties }, columns, filled);
    if (taken > 0) {
      const origin = state.textById[source.integers(fixedPlace.origin)[taken - 1]!]!;
      const measuredAt = source.doubles(fixedPlace.measuredAt)[taken - 1]!;
      last = { measuredAt, origin, seq: source.doubles(fixedPlace.seq)[taken - 1]! };
    }
    rows += chunk.rowCount;
    // One more than is asked for tells whether more follow.
    if (rows > limit) return { columns: cut(columns, filled), next: last! };
  }
}

interface Source {
  readonly chunk: Chunk;
  readonly source: ChunkColumns;
  /** So many of its first rows. */
  readonly taken: number;
  readonly properties: readonly string[];
}

/** Copies what has a good time to the places from `at` on; gives the place after. */
function copyChunk(
  { chunk, source, taken, properties }: Source,
  columns: ReadingColumns,
  at: number,
): number {
  const times = source.doubles(fixedPlace.measuredAt);
  const timeFlags = source.bytes(fixedPlace.timeFlag);
  const raws = chunk.getColumnVector(fixedPlace.raw);
  const hasRaw = source.validity(fixedPlace.raw) === null || source.validity(fixedPlace.raw)!.some(Boolean);
  const cells = properties.map((property, p) => ({
    property,
    valid: source.validity(firstProperty + 3 * p),
    values: source.doubles(firstProperty + 3 * p),
    flags: source.bytes(firstProperty + 3 * p + 1),
    causes: source.bytes(firstProperty + 3 * p + 2),
  }));
  for (let i = 0; i < taken; i++) {
    if (timeFlags[i] === flagNumbers.bad) continue;
    // As everywhere where readings are read back: whole milliseconds.
    columns.times[at] = Math.floor(times[i]!);
    const json = hasRaw ? (raws.getItem(i) as string | null) : null;
    const raw = json === null ? undefined : (JSON.parse(json) as Record<string, Value>);
    for (const [p, { property, valid, values, flags, causes }] of cells.entries()) {
      const isNumber = valid === null || (valid[i >> 3]! & (1 << (i & 7))) !== 0;
      const kept = raw !== undefined && Object.hasOwn(raw, property) ? raw[property] : undefined;
      if (!isNumber && kept === undefined) continue;
      if (kept === undefined) columns.values[p]![at] = values[i]!;
      else if (typeof kept === 'number') columns.values[p]![at] = kept;
      columns.flags[p]![at] = flags[i]!;
      columns.causes[p]![at] = causes[i]!;
    }
    at++;
  }
  return at;
}

/** The columns without the room that was not needed. */
function cut({ times, values, flags, causes }: ReadingColumns, count: number): ReadingColumns {
  return {
    times: times.slice(0, count),
    values: values.map((column) => column.slice(0, count)),
    flags: flags.map((column) => column.slice(0, count)),
    causes: causes.map((column) => column.slice(0, count)),
  };
}
