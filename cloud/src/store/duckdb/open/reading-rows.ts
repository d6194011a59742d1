// Rows of the tables as readings: one way to select them, one way to read what comes.
import type { DuckDBDataChunk, DuckDBMaterializedResult } from '@duckdb/node-api';
import type { Value } from '@wellhead/protocol';
import type { Duckdb } from './database.ts';
import { type TypeTable, tableName } from './schema.ts';
import type { Newest, StoreState } from './state.ts';
import { storedReading } from './stored-reading.ts';

/** A reading's place in the order of time, and the reading; with the sensor it belongs to. */
export interface ReadingRow extends Newest {
  readonly sensorId: number;
}

const fixed =
  'sensor, origin, gateway, seq, revision, measured_at, received_at, stored_at, clock, time_flag, time_cause, historical, raw';
/** Where some of them stand, counting the type before them. */
export const fixedPlace = { origin: 2, seq: 4, measuredAt: 6, timeFlag: 10, raw: 13 } as const;
/** Where the columns of the properties begin, counting the type's own. */
export const firstProperty = 14;

/** Selects the readings of one type in the form that `readingRows` reads: the same columns whatever the type. */
export function selectReadings(type: TypeTable, properties: readonly string[], where: string): string {
  const columns = properties.map((property) => {
    const place = type.columnOf.get(property);
    return place === undefined
      ? 'NULL::DOUBLE, NULL::UTINYINT, NULL::UTINYINT'
      : `value_${place}, flag_${place}, cause_${place}`;
  });
  return `SELECT ${[`${type.id}::INTEGER AS type`, fixed, ...columns].join(', ')} FROM ${tableName(type)} WHERE ${where}`;
}

export interface RowNames {
  readonly duckdb: Duckdb;
  readonly state: StoreState;
  readonly properties: readonly string[];
  readonly sensorNames: (id: number) => { readonly site: string; readonly name: string };
}

/** Reads what `selectReadings` selected, chunk by chunk, so that long answers let others have their turn. */
export async function readingRows(result: DuckDBMaterializedResult, names: RowNames): Promise<ReadingRow[]> {
  const rows: ReadingRow[] = [];
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return rows;
    readChunk(chunk, names, rows);
  }
}

function readChunk(chunk: DuckDBDataChunk, names: RowNames, rows: ReadingRow[]): void {
  const count = chunk.rowCount;
  const columns = new ChunkColumns(names.duckdb, chunk);
  const [types, sensors, origins, gateways] = [0, 1, 2, 3].map((c) => columns.integers(c)) as [
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  const [seqs, revisions, measured, received, stored] = [4, 5, 6, 7, 8].map((c) => columns.doubles(c)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const [clocks, timeFlags, timeCauses, historical] = [9, 10, 11, 12].map((c) => columns.bytes(c)) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  const raws = chunk.getColumnVector(13);
  const { properties, state } = names;
  const cells = properties.map((_, p) => ({
    valid: columns.validity(firstProperty + 3 * p),
    values: columns.doubles(firstProperty + 3 * p),
    flags: columns.bytes(firstProperty + 3 * p + 1),
    causes: columns.bytes(firstProperty + 3 * p + 2),
  }));
  for (let i = 0; i < count; i++) {
    const { site, name } = names.sensorNames(sensors[i]!);
    const origin = state.textById[origins[i]!]!;
    const measuredAt = measured[i]!;
    const seq = seqs[i]!;
    const json = raws.getItem(i) as string | null;
    const raw = json === null ? undefined : (JSON.parse(json) as Record<string, Value>);
    const reading = storedReading({
      site,
      sensor: name,
      type: state.typeById[types[i]!]!.name,
      gateway: state.textById[gateways[i]!]!,
      origin,
      seq,
      revision: revisions[i]!,
      measuredAt,
      receivedAt: received[i]!,
      storedAt: stored[i]!,
      clock: clocks[i]!,
      timeFlag: timeFlags[i]!,
      timeCause: timeCauses[i]!,
      historical: historical[i] === 1,
      properties,
      valueOf: (p) => {
        const property = properties[p]!;
        if (raw !== undefined && Object.hasOwn(raw, property)) return raw[property];
        const { valid, values } = cells[p]!;
        return valid === null || (valid[i >> 3]! & (1 << (i & 7))) !== 0 ? values[i]! : undefined;
      },
      flagOf: (p) => cells[p]!.flags[i]!,
      causeOf: (p) => cells[p]!.causes[i]!,
    });
    rows.push({ sensorId: sensors[i]!, measuredAt, origin, seq, reading });
  }
}

/** The columns of a chunk as typed arrays over DuckDB's own memory: good as long as the chunk is. */
export class ChunkColumns {
  readonly #native: Duckdb['native'];
  readonly #chunk: DuckDBDataChunk;
  readonly #count: number;

  constructor(duckdb: Duckdb, chunk: DuckDBDataChunk) {
    this.#native = duckdb.native;
    this.#chunk = chunk;
    this.#count = chunk.rowCount;
  }

  integers(column: number): Int32Array {
    const bytes = this.#bytes(column, 4);
    return new Int32Array(bytes.buffer, bytes.byteOffset, this.#count);
  }

  doubles(column: number): Float64Array {
    const bytes = this.#bytes(column, 8);
    return new Float64Array(bytes.buffer, bytes.byteOffset, this.#count);
  }

  bytes(column: number): Uint8Array {
    return this.#bytes(column, 1);
  }

  /** One bit a row, lowest first; null where all rows have a value. */
  validity(column: number): Uint8Array | null {
    const vector = this.#native.data_chunk_get_vector(this.#chunk.chunk, column);
    return this.#native.vector_get_validity(vector, Math.ceil(this.#count / 64) * 8) ?? null;
  }

  #bytes(column: number, width: number): Uint8Array {
    const vector = this.#native.data_chunk_get_vector(this.#chunk.chunk, column);
    return this.#native.vector_get_data(vector, this.#count * width);
  }
}
