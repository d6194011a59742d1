// Corrections: a reading with a higher revision takes the place of the one held, and a repeat changes nothing.
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Database, Duckdb } from '../open/database.ts';
import { ChunkColumns } from '../open/reading-rows.ts';
import { type TypeTable, tableName } from '../open/schema.ts';
import type { PlannedBlock } from './plan-write.ts';
import { noteStored, type SeriesBuffer } from './sensor-buffer.ts';

/** One reading that only the table can judge. */
interface Unsure {
  readonly planned: PlannedBlock;
  readonly index: number;
}

/** A reading in the table (with the time it stands there), or one about to be there, or both. */
interface Held {
  readonly revision: number;
  readonly storedAs: number | undefined;
  readonly winner: Unsure | undefined;
}

type Key = readonly [sensor: number, origin: number, seq: number];

export interface Revised {
  /** The readings to append, in place of those deleted or as new ones. */
  readonly winners: readonly Unsure[];
  readonly written: number;
  readonly repeated: number;
  readonly revised: number;
  /** Sensors whose first or last reading was replaced. */
  readonly shaken: ReadonlySet<SeriesBuffer['sensor']>;
}

/**
 * Looks up the readings that memory could not judge, inside the transaction and after its fresh readings were
 * appended, and deletes those that a higher revision replaces. The look-up is by key, never by time: a
 * correction of the clock changes the time.
 */
export async function reviseReadings(
  { duckdb, writer }: Database,
  unsure: readonly Unsure[],
  types: readonly TypeTable[],
): Promise<Revised> {
  const held = await findHeld(duckdb, writer, unsure, types);
  const outcome = { written: 0, repeated: 0, revised: 0 };
  for (const one of unsure) outcome[judge(one, heldOf(held, one.planned.series))]++;
  const winners: Unsure[] = [];
  const shaken = new Set<SeriesBuffer['sensor']>();
  const replaced: Key[] = [];
  for (const [series, found] of held) {
    const { sensor } = series;
    for (const [seq, { winner, storedAs }] of found) {
      if (winner === undefined) continue;
      winners.push(winner);
      if (storedAs !== undefined) {
        replaced.push([sensor.id, series.originId, seq]);
        if (isAtEdge(sensor, storedAs)) shaken.add(sensor);
      }
      const { batch, block } = winner.planned;
      noteStored(series, batch, block, winner.index, winner.index + 1, storedAs === undefined ? 1 : 0);
    }
  }
  if (replaced.length > 0) await deleteReadings(writer, replaced, types);
  return { winners, ...outcome, shaken };
}

function judge({ planned, index }: Unsure, found: Map<number, Held>): 'written' | 'repeated' | 'revised' {
  const seq = planned.block.seqs[index]!;
  const revision = planned.block.revisions[index]!;
  const known = found.get(seq);
  if (known !== undefined && revision <= known.revision) return 'repeated';
  found.set(seq, { revision, storedAs: known?.storedAs, winner: { planned, index } });
  return known === undefined ? 'written' : 'revised';
}

/** Whether a sensor's first, last or newest reading goes with the one replaced. */
function isAtEdge({ base, first, last }: SeriesBuffer['sensor'], measuredAt: number): boolean {
  return (
    measuredAt <= Math.min(first, base?.first ?? first) || measuredAt >= Math.max(last, base?.last ?? last)
  );
}

async function findHeld(
  duckdb: Duckdb,
  writer: DuckDBConnection,
  unsure: readonly Unsure[],
  types: readonly TypeTable[],
): Promise<Map<SeriesBuffer, Map<number, Held>>> {
  const seriesByIds = new Map<string, SeriesBuffer>();
  const held = new Map<SeriesBuffer, Map<number, Held>>();
  const keys: Key[] = [];
  for (const { planned, index } of unsure) {
    const { series, block } = planned;
    seriesByIds.set(`${series.sensor.id}/${series.originId}`, series);
    keys.push([series.sensor.id, series.originId, block.seqs[index]!]);
  }
  await fillKeys(writer, keys);
  for (const type of types) {
    const result = await writer.run(
      `SELECT r.sensor, r.origin, r.seq, r.revision, r.measured_at FROM ${tableName(type)} r
       SEMI JOIN asked USING (sensor, origin, seq)`,
    );
    for (;;) {
      const chunk = await result.fetchChunk();
      if (chunk === null || chunk.rowCount === 0) break;
      const columns = new ChunkColumns(duckdb, chunk);
      const [sensors, origins] = [columns.integers(0), columns.integers(1)];
      const [seqs, revisions, measured] = [columns.doubles(2), columns.doubles(3), columns.doubles(4)];
      for (let i = 0; i < chunk.rowCount; i++) {
        const series = seriesByIds.get(`${sensors[i]}/${origins[i]}`)!;
        const found = { revision: revisions[i]!, storedAs: measured[i]!, winner: undefined };
        heldOf(held, series).set(seqs[i]!, found);
      }
    }
  }
  return held;
}

function heldOf(held: Map<SeriesBuffer, Map<number, Held>>, series: SeriesBuffer): Map<number, Held> {
  let own = held.get(series);
  if (own === undefined) {
    own = new Map();
    held.set(series, own);
  }
  return own;
}

async function deleteReadings(
  writer: DuckDBConnection,
  keys: readonly Key[],
  types: readonly TypeTable[],
): Promise<void> {
  await fillKeys(writer, keys);
  for (const type of types) {
    const table = tableName(type);
    await writer.run(
      `DELETE FROM ${table} USING asked WHERE ${table}.sensor = asked.sensor
       AND ${table}.origin = asked.origin AND ${table}.seq = asked.seq`,
    );
  }
}

/** A temporary table of keys: joining it lets DuckDB skip what lies outside their lowest and highest. */
async function fillKeys(writer: DuckDBConnection, keys: readonly Key[]): Promise<void> {
  await writer.run('CREATE OR REPLACE TEMP TABLE asked (sensor INTEGER, origin INTEGER, seq DOUBLE)');
  const appender = await writer.createAppender('asked');
  try {
    for (const [sensor, origin, seq] of keys) {
      appender.appendInteger(sensor);
      appender.appendInteger(origin);
      appender.appendDouble(seq);
      appender.endRow();
    }
  } catch (error) {
    appender.clear();
    throw error;
  } finally {
    appender.closeSync();
  }
}
