// Names, shapes and held ranges, written down in the transaction of the readings they belong to.
import type { DuckDBConnection } from '@duckdb/node-api';
import { type Range, RangeSet } from '@wellhead/protocol';
import { compactHeldAt, type HeldTable, type StoreState } from '../open/state.ts';
import type { WriteBuffer } from './write-buffer.ts';

type Cell = { readonly integer: number } | { readonly double: number } | string;

/** Writes down names and shapes that a write has seen for the first time. */
export async function writeDictionaries(
  writer: DuckDBConnection,
  buffer: WriteBuffer,
  state: StoreState,
): Promise<void> {
  await append(
    writer,
    'texts',
    [...buffer.texts].map(([text, id]) => [{ integer: id }, text]),
  );
  const created = [...buffer.types.values()].filter(({ name }) => !state.types.has(name));
  await append(
    writer,
    'types',
    created.map(({ id, name }) => [{ integer: id }, name]),
  );
  const properties = [...buffer.types.values()].flatMap(({ id, name, properties }) => {
    const known = state.types.get(name)?.properties.length ?? 0;
    return properties
      .slice(known)
      .map((property, added) => [{ integer: id }, { integer: known + added }, property]);
  });
  await append(writer, 'properties', properties);
  const sensors = [...buffer.sensors.values()];
  const added = sensors.filter(({ base }) => base === undefined);
  await append(
    writer,
    'sensors',
    added.map(({ id, site, name }) => [{ integer: id }, site, name]),
  );
  const shapes = sensors.flatMap(({ id, shapes }) =>
    [...shapes.values()].map(([type, property]) => [
      { integer: id },
      { integer: type },
      { integer: property },
    ]),
  );
  await append(writer, 'shapes', shapes);
}

/**
 * Writes down the ranges of seq that a write has added, in the transaction of their readings; now and then all
 * ranges anew, joined.
 * @returns what the state is to remember of the table after the commit
 */
export async function writeHeld(
  writer: DuckDBConnection,
  buffer: WriteBuffer,
  state: StoreState,
): Promise<HeldTable> {
  const added: Cell[][] = [];
  for (const sensor of buffer.sensors.values()) {
    for (const { originId, added: ranges } of sensor.series.values()) {
      for (const range of ranges.ranges) added.push(heldRow(sensor.id, originId, range));
    }
  }
  const rows = state.heldRows + added.length;
  if (rows < state.compactHeldAt) {
    await append(writer, 'held', added);
    return { heldRows: rows, compactHeldAt: state.compactHeldAt };
  }
  const all = joined(buffer, state);
  await writer.run('DELETE FROM held');
  await append(writer, 'held', all);
  return { heldRows: all.length, compactHeldAt: compactHeldAt(all.length) };
}

function joined(buffer: WriteBuffer, state: StoreState): Cell[][] {
  const rows: Cell[][] = [];
  const buffers = new Map([...buffer.sensors.values()].map((sensor) => [sensor.id, sensor]));
  for (const sensor of state.sensors.values()) {
    for (const { origin, originId, held } of sensor.series.values()) {
      const ranges = buffers.get(sensor.id)?.series.get(origin)?.added.ranges ?? [];
      for (const range of new RangeSet([...held.ranges, ...ranges]).ranges) {
        rows.push(heldRow(sensor.id, originId, range));
      }
    }
  }
  for (const sensor of buffers.values()) {
    for (const { originId, base, added } of sensor.series.values()) {
      if (base === undefined)
        for (const range of added.ranges) rows.push(heldRow(sensor.id, originId, range));
    }
  }
  return rows;
}

function heldRow(sensor: number, origin: number, [low, high]: Range): Cell[] {
  return [{ integer: sensor }, { integer: origin }, { double: low }, { double: high }];
}

async function append(
  writer: DuckDBConnection,
  table: string,
  rows: readonly (readonly Cell[])[],
): Promise<void> {
  if (rows.length === 0) return;
  const appender = await writer.createAppender(table);
  try {
    for (const row of rows) {
      for (const cell of row) {
        if (typeof cell === 'string') appender.appendVarchar(cell);
        else if ('integer' in cell) appender.appendInteger(cell.integer);
        else appender.appendDouble(cell.double);
      }
      appender.endRow();
    }
    appender.flushSync();
  } catch (error) {
    appender.clear();
    throw error;
  } finally {
    appender.closeSync();
  }
}
