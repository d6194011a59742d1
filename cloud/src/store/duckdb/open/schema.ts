// How readings lie in DuckDB: a wide table for each sensor type, and dictionaries for the names.

/**
 * The tables: one wide table per sensor type, and dictionaries that keep every name out of it. Names from
 * outside are never SQL identifiers: types and properties have numbers, and tables and columns are named
 * after those, so no spelling (quotes, case, length) can collide or inject.
 */
export const schemaVersion = 1;

export const dictionaryTables = [
  'CREATE TABLE wellhead (version INTEGER NOT NULL)',
  // Origins, gateways and names of quality rules.
  'CREATE TABLE texts (id INTEGER NOT NULL, text VARCHAR NOT NULL)',
  'CREATE TABLE types (id INTEGER NOT NULL, name VARCHAR NOT NULL)',
  'CREATE TABLE properties (type INTEGER NOT NULL, id INTEGER NOT NULL, name VARCHAR NOT NULL)',
  'CREATE TABLE sensors (id INTEGER NOT NULL, site VARCHAR NOT NULL, name VARCHAR NOT NULL)',
  // Which properties a sensor has named, in the order it did; property -1 says only that it had the type.
  'CREATE TABLE shapes (sensor INTEGER NOT NULL, type INTEGER NOT NULL, property INTEGER NOT NULL)',
  // Ranges of seq, only ever added to between two compactions, so that writing needs no look-up.
  'CREATE TABLE held (sensor INTEGER NOT NULL, origin INTEGER NOT NULL, low DOUBLE NOT NULL, high DOUBLE NOT NULL)',
] as const;

export type ColumnType = 'INTEGER' | 'DOUBLE' | 'UTINYINT' | 'VARCHAR';

/** The columns every type has, in the order of the table. Times and seqs are DOUBLE: exact, and copied as they are. */
export const fixedColumns: readonly (readonly [name: string, type: ColumnType])[] = [
  ['sensor', 'INTEGER'],
  ['origin', 'INTEGER'],
  ['gateway', 'INTEGER'],
  ['rules', 'INTEGER'],
  ['seq', 'DOUBLE'],
  ['revision', 'DOUBLE'],
  ['measured_at', 'DOUBLE'],
  ['received_at', 'DOUBLE'],
  ['stored_at', 'DOUBLE'],
  ['clock', 'UTINYINT'],
  ['time_flag', 'UTINYINT'],
  ['time_cause', 'UTINYINT'],
  ['historical', 'UTINYINT'],
  // What the value columns cannot hold (text, true, false, null, -0), as JSON by property; mostly NULL.
  ['raw', 'VARCHAR'],
];

/** The three columns of one property: its number, its flag, its cause. */
export function propertyColumns(property: number): readonly (readonly [name: string, type: ColumnType])[] {
  return [
    [`value_${property}`, 'DOUBLE'],
    [`flag_${property}`, 'UTINYINT'],
    [`cause_${property}`, 'UTINYINT'],
  ];
}

/** One sensor type: a table, and its properties, whose place in the list names their columns. Only ever grows. */
export interface TypeTable {
  readonly id: number;
  readonly name: string;
  readonly properties: readonly string[];
  readonly columnOf: ReadonlyMap<string, number>;
}

export function typeTable(id: number, name: string, properties: readonly string[]): TypeTable {
  return { id, name, properties, columnOf: new Map(properties.map((property, place) => [property, place])) };
}

export function tableName(type: { readonly id: number }): string {
  return `readings_${type.id}`;
}

export function createTableSql(type: TypeTable): string {
  const columns = [...fixedColumns, ...type.properties.flatMap((_, place) => propertyColumns(place))];
  return `CREATE TABLE ${tableName(type)} (${columns.map((column) => column.join(' ')).join(', ')})`;
}

/** The statements that give a table the columns of its properties from `known` on. */
export function widenTableSql(type: TypeTable, known: number): string[] {
  return type.properties
    .slice(known)
    .flatMap((_, added) => propertyColumns(known + added))
    .map(([name, kind]) => `ALTER TABLE ${tableName(type)} ADD COLUMN ${name} ${kind}`);
}

/** A number as a DOUBLE literal: without the exponent DuckDB would read a DECIMAL. */
export function doubleSql(value: number): string {
  const text = String(value);
  return text.includes('e') ? text : `${text}e0`;
}
