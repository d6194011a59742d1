// One write: all of its batches in one transaction, or none of them.
import type { StoredBatch, WriteResult } from '../../reading-store.ts';
import { countSensors } from '../open/count-sensors.ts';
import type { Database } from '../open/database.ts';
import { createTableSql, type TypeTable, widenTableSql } from '../open/schema.ts';
import { newSensor, type Sensor, type StoreState } from '../open/state.ts';
import { type PlannedBlock, planWrite } from './plan-write.ts';
import { type Revised, reviseReadings } from './revise.ts';
import { RowChunk } from './row-chunk.ts';
import { WriteBuffer } from './write-buffer.ts';
import { writeDictionaries, writeHeld } from './write-dictionaries.ts';

/** After it the readings may be in the file or not. */
export class CommitFailed extends Error {}

/** @throws CommitFailed */
export async function commit({ writer }: Database): Promise<void> {
  try {
    await writer.run('COMMIT');
  } catch (cause) {
    throw new CommitFailed(`the commit failed: ${String(cause)}`, { cause });
  }
}

/**
 * Writes batches in one transaction, and changes the state after its commit. On an error the transaction is
 * still open and the state untouched: the caller rolls back.
 */
export async function writeBatches(
  database: Database,
  state: StoreState,
  batches: readonly StoredBatch[],
): Promise<WriteResult> {
  const buffer = new WriteBuffer(state);
  const plan = planWrite(batches, buffer);
  let written = 0;
  let repeated = 0;
  const unsure = [];
  for (const planned of [...plan.values()].flat()) {
    for (const [start, end] of planned.fresh) written += end - start;
    repeated += planned.repeated;
    for (const index of planned.unsure) unsure.push({ planned, index });
  }
  if (buffer.isEmpty && unsure.length === 0) return { written, repeated, revised: 0 };
  const { writer } = database;
  const typeOf = (name: string) => buffer.types.get(name) ?? state.types.get(name)!;
  await writer.run('BEGIN');
  for (const type of buffer.types.values()) {
    const known = state.types.get(type.name);
    const statements =
      known === undefined ? [createTableSql(type)] : widenTableSql(type, known.properties.length);
    for (const sql of statements) await writer.run(sql);
  }
  await writeDictionaries(writer, buffer, state);
  for (const [name, blocks] of plan) {
    if (blocks.some(({ fresh }) => fresh.length > 0))
      await appendRows(database, typeOf(name), freshRows(blocks));
  }
  let revised = 0;
  if (unsure.length > 0) {
    // A sensor may have changed its type: its readings may stand in any table it ever had.
    const ids = new Set(unsure.flatMap(({ planned }) => sensorTypes(planned.series.sensor)));
    const preview = buffer.preview();
    const types = [...ids].map((id) => preview.typeById[id]!);
    const outcome = await reviseReadings(database, unsure, types);
    await appendWinners(database, outcome, typeOf);
    written += outcome.written;
    repeated += outcome.repeated;
    revised = outcome.revised;
    if (outcome.shaken.size > 0) {
      const sensors = new Map<number, Sensor>();
      for (const { id, site, name } of outcome.shaken) sensors.set(id, newSensor(id, site, name));
      const only = [...sensors.keys()];
      await countSensors(sensors, {
        duckdb: database.duckdb,
        query: (sql) => writer.run(sql),
        types,
        state: preview,
        only,
      });
      for (const [id, sensor] of sensors) buffer.recounted.set(id, sensor);
    }
  }
  const heldTable = await writeHeld(writer, buffer, state);
  buffer.announceTexts();
  await commit(database);
  buffer.apply();
  Object.assign(state, heldTable);
  return { written, repeated, revised };
}

function sensorTypes({ base, types }: PlannedBlock['series']['sensor']): number[] {
  return [...(base?.types ?? []), ...types];
}

interface Stretch {
  readonly planned: PlannedBlock;
  readonly start: number;
  readonly end: number;
}

function* freshRows(blocks: readonly PlannedBlock[]): Iterable<Stretch> {
  for (const planned of blocks) for (const [start, end] of planned.fresh) yield { planned, start, end };
}

async function appendRows(database: Database, type: TypeTable, rows: Iterable<Stretch>): Promise<void> {
  const chunk = await RowChunk.open(database.duckdb, database.writer, type);
  try {
    for (const { planned, start, end } of rows) chunk.append(planned.source, planned.block, start, end);
    chunk.finish();
  } catch (error) {
    chunk.abandon();
    throw error;
  }
}

async function appendWinners(
  database: Database,
  { winners }: Revised,
  typeOf: (name: string) => TypeTable,
): Promise<void> {
  const byType = new Map<string, Stretch[]>();
  for (const { planned, index } of winners) {
    const rows = byType.get(planned.block.type) ?? [];
    rows.push({ planned, start: index, end: index + 1 });
    byType.set(planned.block.type, rows);
  }
  for (const [name, rows] of byType) await appendRows(database, typeOf(name), rows);
}
