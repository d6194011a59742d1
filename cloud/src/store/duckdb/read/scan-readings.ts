// All readings of a range, window by window: no more than one window is held, and one more is on its way.
import { tags, type Value } from '@wellhead/protocol';
import type { ScanQuery } from '../../reading-store.ts';
import type { ReadingTable, TableCells } from '../../reading-table.ts';
import { ChunkColumns, firstProperty, fixedPlace } from '../open/reading-rows.ts';
import { tableName } from '../open/schema.ts';
import type { Sensor } from '../open/state.ts';
import { conditions } from './conditions.ts';
import { type FindOptions, selectPage } from './find-readings.ts';
import { cutWindows, nextAfter, type Window } from './scan-windows.ts';

type Result = Awaited<ReturnType<FindOptions['query']>>;
type Chunk = NonNullable<Awaited<ReturnType<Result['fetchChunk']>>>;

/** The windows of what is asked for, in order of time. */
export async function findWindows(
  sensor: Sensor,
  asked: ScanQuery,
  { query, state }: FindOptions,
): Promise<readonly Window[]> {
  const range = {
    from: Math.max(sensor.first, asked.from ?? Number.NEGATIVE_INFINITY),
    to: Math.min(nextAfter(sensor.last), asked.to ?? Number.POSITIVE_INFINITY),
  };
  if (!(range.from < range.to)) return [];
  const select = (window: Window) =>
    [...sensor.types]
      .map(
        (type) =>
          `SELECT measured_at FROM ${tableName(state.typeById[type]!)} WHERE ${conditions(sensor, { ...asked, ...window })}`,
      )
      .join(' UNION ALL ');
  return cutWindows(range, { query, select });
}

/** The readings of one window, copied out of the database's memory. */
export async function readWindow(
  sensor: Sensor,
  asked: ScanQuery & Window,
  { duckdb, query, state }: FindOptions,
): Promise<readonly ReadingTable[]> {
  const { properties } = asked;
  const limit = Number.MAX_SAFE_INTEGER - 1;
  const result = await query(selectPage(sensor, { ...asked, limit }, properties, state));
  const tables: ReadingTable[] = [];
  const texts = state.textById;
  const typeNames = state.typeById.map(({ name }) => name);
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return tables;
    const columns = new ChunkColumns(duckdb, chunk);
    const [receivedAt, storedAt] = [columns.doubles(7).slice(), columns.doubles(8).slice()];
    tables.push({
      count: chunk.rowCount,
      measuredAt: columns.doubles(fixedPlace.measuredAt).slice(),
      receivedAt,
      storedAt,
      seqs: columns.doubles(fixedPlace.seq).slice(),
      revisions: columns.doubles(5).slice(),
      origins: { ids: columns.integers(fixedPlace.origin).slice(), byId: texts },
      gateways: { ids: columns.integers(3).slice(), byId: texts },
      types: { ids: columns.integers(0).slice(), byId: typeNames },
      clocks: columns.bytes(9).slice(),
      timeFlags: columns.bytes(fixedPlace.timeFlag).slice(),
      timeCauses: columns.bytes(11).slice(),
      historical: columns.bytes(12).slice(),
      cells: cellsOf(chunk, columns, properties),
    });
  }
}

function cellsOf(chunk: Chunk, columns: ChunkColumns, properties: readonly string[]): TableCells[] {
  const count = chunk.rowCount;
  const cells = properties.map((_, p) => {
    const kinds = new Uint8Array(count).fill(tags.number);
    const valid = columns.validity(firstProperty + 3 * p);
    if (valid !== null)
      for (let i = 0; i < count; i++) if ((valid[i >> 3]! & (1 << (i & 7))) === 0) kinds[i] = tags.absent;
    return {
      values: { kinds, numbers: columns.doubles(firstProperty + 3 * p).slice(), strings: [] as string[] },
      flags: columns.bytes(firstProperty + 3 * p + 1).slice(),
      causes: columns.bytes(firstProperty + 3 * p + 2).slice(),
    };
  });
  const valid = columns.validity(fixedPlace.raw);
  if (valid !== null && !valid.some(Boolean)) return cells;
  const raws = chunk.getColumnVector(fixedPlace.raw);
  for (let i = 0; i < count; i++) {
    if (valid !== null && (valid[i >> 3]! & (1 << (i & 7))) === 0) continue;
    const raw = JSON.parse(raws.getItem(i) as string) as Record<string, Value>;
    for (const [p, property] of properties.entries())
      if (Object.hasOwn(raw, property)) putValue(cells[p]!.values, i, raw[property]!);
  }
  return cells;
}

function putValue(
  column: { readonly kinds: Uint8Array; readonly numbers: Float64Array; readonly strings: string[] },
  index: number,
  value: Value,
): void {
  if (typeof value === 'number') {
    column.kinds[index] = tags.number;
    column.numbers[index] = value;
  } else if (typeof value === 'string') {
    column.kinds[index] = tags.string;
    column.strings[index] = value;
  } else column.kinds[index] = value === null ? tags.null : value ? tags.true : tags.false;
}
