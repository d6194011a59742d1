// The fast way of readings into DuckDB: as columns of bytes, 2,048 rows at a time.
import type { DuckDBAppender, DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import { type Block, tags, valueAt } from '@wellhead/protocol';
import type { Duckdb } from '../open/database.ts';
import { type ColumnType, fixedColumns, propertyColumns, type TypeTable, tableName } from '../open/schema.ts';

/** As many rows as one DuckDB vector holds. */
const chunkRows = 2048;
/** Below this a loop is quicker than making a view of the source to copy from. */
const worthView = 24;

/** What is the same for all readings of a block, as the numbers that the dictionaries gave. */
export interface RowSource {
  readonly sensor: number;
  readonly origin: number;
  readonly gateway: number;
  readonly rules: number;
  readonly storedAt: number;
  readonly historical: number;
  /** Per property of the block, its place in the table. */
  readonly places: readonly number[];
}

type Numbers = Float64Array | Int32Array | Uint8Array;

/** One column of the chunk: its values, and one bit a row that says whether there is one. */
interface Column {
  readonly numbers: Numbers;
  readonly valid: Uint8Array;
  hasNull: boolean;
}

function columnFor(type: ColumnType): Column {
  const numbers =
    type === 'DOUBLE'
      ? new Float64Array(chunkRows)
      : type === 'INTEGER'
        ? new Int32Array(chunkRows)
        : new Uint8Array(type === 'UTINYINT' ? chunkRows : 0);
  return { numbers, valid: new Uint8Array(chunkRows / 8).fill(0xff), hasNull: false };
}

/**
 * Appends readings to one table, 2,048 at a time, column by column: columns are gathered in typed arrays and
 * copied into DuckDB's vectors as bytes, so no value becomes an object on its way.
 */
export class RowChunk {
  readonly #duckdb: Duckdb;
  readonly #appender: DuckDBAppender;
  readonly #chunk: DuckDBDataChunk;
  readonly #columns: readonly Column[];
  readonly #raw: (string | undefined)[] = new Array(chunkRows).fill(undefined);
  readonly #missing: Uint8Array;
  #rows = 0;

  private constructor(duckdb: Duckdb, appender: DuckDBAppender, type: TypeTable) {
    const kinds = [...fixedColumns, ...type.properties.flatMap((_, place) => propertyColumns(place))];
    this.#duckdb = duckdb;
    this.#appender = appender;
    this.#chunk = duckdb.api.DuckDBDataChunk.create(kinds.map(([, kind]) => duckdb.api[kind]));
    this.#columns = kinds.map(([, kind]) => columnFor(kind));
    this.#missing = new Uint8Array(type.properties.length);
  }

  static async open(duckdb: Duckdb, connection: DuckDBConnection, type: TypeTable): Promise<RowChunk> {
    return new RowChunk(duckdb, await connection.createAppender(tableName(type)), type);
  }

  /** Appends the readings `[start, end)` of a block. */
  append(source: RowSource, block: Block, start: number, end: number): void {
    for (let from = start; from < end; ) {
      const count = Math.min(end - from, chunkRows - this.#rows);
      this.#fill(source, block, from, count);
      this.#rows += count;
      from += count;
      if (this.#rows === chunkRows) this.#send();
    }
  }

  /** Hands over what is left; the rows are then visible inside the transaction. */
  finish(): void {
    if (this.#rows > 0) this.#send();
    this.#appender.closeSync();
  }

  /** Forgets all rows: an appender left alone would write them when it is collected, outside any transaction. */
  abandon(): void {
    this.#appender.clear();
    this.#appender.closeSync();
  }

  #fill(source: RowSource, block: Block, from: number, count: number): void {
    const row = this.#rows;
    const end = row + count;
    const columns = this.#columns;
    columns[0]!.numbers.fill(source.sensor, row, end);
    columns[1]!.numbers.fill(source.origin, row, end);
    columns[2]!.numbers.fill(source.gateway, row, end);
    columns[3]!.numbers.fill(source.rules, row, end);
    copy(columns[4]!.numbers, row, block.seqs, from, count);
    copy(columns[5]!.numbers, row, block.revisions, from, count);
    copy(columns[6]!.numbers, row, block.measuredAt, from, count);
    copy(columns[7]!.numbers, row, block.receivedAt, from, count);
    columns[8]!.numbers.fill(source.storedAt, row, end);
    copy(columns[9]!.numbers, row, block.clocks, from, count);
    copy(columns[10]!.numbers, row, block.timeFlags, from, count);
    copy(columns[11]!.numbers, row, block.timeCauses, from, count);
    columns[12]!.numbers.fill(source.historical, row, end);
    const missing = this.#missing.fill(1);
    for (let p = 0; p < source.places.length; p++) {
      const place = source.places[p]!;
      missing[place] = 0;
      this.#fillProperty(place, block, p, from, count);
    }
    for (let place = 0; place < missing.length; place++) {
      if (missing[place] === 0) continue;
      const first = fixedColumns.length + 3 * place;
      for (let c = first; c < first + 3; c++) setNull(columns[c]!, row, end);
    }
  }

  #fillProperty(place: number, block: Block, p: number, from: number, count: number): void {
    const first = fixedColumns.length + 3 * place;
    const row = this.#rows;
    const values = block.values[p]!;
    const column = this.#columns[first]!;
    copy(column.numbers, row, values.numbers, from, count);
    copy(this.#columns[first + 1]!.numbers, row, block.flags[p]!, from, count);
    copy(this.#columns[first + 2]!.numbers, row, block.causes[p]!, from, count);
    const { kinds, numbers } = values;
    for (let i = 0; i < count; i++) {
      const kind = kinds[from + i];
      if (kind === tags.number) {
        // DuckDB's compression takes -0 and 0 for equal and may keep either for both: the sign goes apart.
        if (numbers[from + i] === 0 && Object.is(numbers[from + i], -0)) {
          column.numbers[row + i] = 0;
          this.#addRaw(row + i, block.properties[p]!, '-0');
        }
        continue;
      }
      setNull(column, row + i, row + i + 1);
      if (kind === tags.absent) continue;
      this.#addRaw(row + i, block.properties[p]!, JSON.stringify(valueAt(values, from + i)));
    }
  }

  /** Adds a property to a row's JSON, which escapes what UTF-8 cannot hold: every string survives. */
  #addRaw(row: number, property: string, json: string): void {
    const entry = `${JSON.stringify(property)}:${json}}`;
    const before = this.#raw[row];
    this.#raw[row] = before === undefined ? `{${entry}` : `${before.slice(0, -1)},${entry}`;
  }

  #send(): void {
    const { native } = this.#duckdb;
    const chunk = this.#chunk.chunk;
    // A reset also makes all rows of all vectors valid again.
    this.#chunk.reset();
    native.data_chunk_set_size(chunk, this.#rows);
    for (let c = 0; c < this.#columns.length; c++) {
      const column = this.#columns[c]!;
      const vector = native.data_chunk_get_vector(chunk, c);
      const { numbers } = column;
      if (numbers.length === 0) this.#sendRaw(vector, column);
      else
        copyBytes(numbers, (numbers.byteLength / chunkRows) * this.#rows, native.copy_data_to_vector, vector);
      if (!column.hasNull) continue;
      native.vector_ensure_validity_writable(vector);
      copyBytes(column.valid, Math.ceil(this.#rows / 64) * 8, native.copy_data_to_vector_validity, vector);
      column.valid.fill(0xff);
      column.hasNull = false;
    }
    this.#appender.appendDataChunk(this.#chunk);
    this.#rows = 0;
  }

  #sendRaw(vector: Parameters<Duckdb['native']['vector_assign_string_element']>[0], column: Column): void {
    column.hasNull = true;
    column.valid.fill(0);
    for (let row = 0; row < this.#rows; row++) {
      const text = this.#raw[row];
      if (text === undefined) continue;
      this.#duckdb.native.vector_assign_string_element(vector, row, text);
      column.valid[row >> 3]! |= 1 << (row & 7);
      this.#raw[row] = undefined;
    }
  }
}

function copy(target: Numbers, at: number, source: Numbers, from: number, count: number): void {
  if (count >= worthView) target.set(source.subarray(from, from + count), at);
  else for (let i = 0; i < count; i++) target[at + i] = source[from + i]!;
}

function copyBytes<Vector>(
  from: Numbers,
  bytes: number,
  into: (vector: Vector, offset: number, buffer: ArrayBuffer, start: number, count: number) => void,
  vector: Vector,
): void {
  into(vector, 0, from.buffer as ArrayBuffer, from.byteOffset, bytes);
}

function setNull(column: Column, row: number, end: number): void {
  column.hasNull = true;
  for (let r = row; r < end; r++) column.valid[r >> 3]! &= ~(1 << (r & 7));
}
