// What the store keeps in memory, read from its file when it opens.
import { WellheadError } from '@wellhead/protocol';
import { besideTables } from './beside-tables.ts';
import { countSensors } from './count-sensors.ts';
import type { Database } from './database.ts';
import { dictionaryTables, schemaVersion, typeTable } from './schema.ts';
import {
  compactHeldAt,
  emptyState,
  newSensor,
  newSeries,
  type Sensor,
  type StoreState,
  sensorKey,
} from './state.ts';

/**
 * Makes the tables in a new database; in an old one reads everything that the store keeps in memory.
 * @throws WellheadError STORE_OPEN
 */
export async function loadState({ duckdb, writer }: Database): Promise<StoreState> {
  const query = (sql: string) => writer.run(sql);
  const rows = async (sql: string) => (await writer.runAndReadAll(sql)).getRows();
  try {
    for (const sql of besideTables) await query(sql);
    const tables = await rows("SELECT table_name FROM duckdb_tables() WHERE table_name = 'wellhead'");
    if (tables.length === 0) {
      await query(
        ['BEGIN', ...dictionaryTables, `INSERT INTO wellhead VALUES (${schemaVersion})`, 'COMMIT'].join('; '),
      );
      return emptyState();
    }
    const version = (await rows('SELECT version FROM wellhead'))[0]?.[0];
    if (version !== schemaVersion) {
      throw new WellheadError(
        'STORE_OPEN',
        `the store is of version ${version}, this program knows ${schemaVersion}`,
        {
          hint: 'Use the newer Wellhead that wrote it; or move the file away: a new one is filled from the log.',
        },
      );
    }
    const state = emptyState();
    for (const [id, text] of (await rows('SELECT id, text FROM texts')) as [number, string][]) {
      state.texts.set(text, id);
      state.textById[id] = text;
    }
    await loadTypes(state, rows);
    const sensors = await loadSensors(state, rows);
    await countSensors(sensors, { duckdb, query, types: state.typeById, state });
    return state;
  } catch (cause) {
    if (cause instanceof WellheadError) throw cause;
    throw new WellheadError('STORE_OPEN', `the store cannot be read: ${String(cause)}`, { cause });
  }
}

type Rows = (sql: string) => Promise<unknown[][]>;

async function loadTypes(state: StoreState, rows: Rows): Promise<void> {
  const properties = (await rows('SELECT type, name FROM properties ORDER BY type, id')) as [
    number,
    string,
  ][];
  for (const [id, name] of (await rows('SELECT id, name FROM types')) as [number, string][]) {
    const own = properties.filter(([type]) => type === id).map(([, property]) => property);
    const type = typeTable(id, name, own);
    state.types.set(name, type);
    state.typeById[id] = type;
  }
}

async function loadSensors(state: StoreState, rows: Rows): Promise<Map<number, Sensor>> {
  const byId = new Map<number, Sensor>();
  for (const [id, site, name] of (await rows('SELECT id, site, name FROM sensors')) as [
    number,
    string,
    string,
  ][]) {
    const sensor = newSensor(id, site, name);
    byId.set(id, sensor);
    state.sensors.set(sensorKey(site, name), sensor);
  }
  const shapes = await rows('SELECT sensor, type, property FROM shapes ORDER BY rowid');
  for (const [id, type, property] of shapes as [number, number, number][]) {
    const sensor = byId.get(id)!;
    sensor.types.add(type);
    sensor.shapes.add(`${type}/${property}`);
    if (property >= 0) sensor.properties.add(state.typeById[type]!.properties[property]!);
  }
  const held = await rows('SELECT sensor, origin, low, high FROM held ORDER BY sensor, origin, low');
  for (const [id, originId, low, high] of held as [number, number, number, number][]) {
    const origin = state.textById[originId]!;
    const { series } = byId.get(id)!;
    const own = series.get(origin) ?? newSeries(origin, originId);
    own.held.add(low, high);
    series.set(origin, own);
  }
  state.heldRows = held.length;
  let joined = 0;
  for (const { series } of byId.values()) for (const own of series.values()) joined += own.held.ranges.length;
  state.compactHeldAt = compactHeldAt(joined);
  return byId;
}
