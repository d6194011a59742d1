// Turns a CSV file of readings into Parquet, in a database of its own that holds nothing else.
import { openDatabase } from '../open/database.ts';

export interface CsvToParquet {
  readonly csv: string;
  /** Must not exist yet. */
  readonly parquet: string;
  /** All columns of the CSV, in order. */
  readonly columns: readonly string[];
  /** Those of them that hold values; each has its flag and cause beside it. */
  readonly properties: readonly string[];
  /** Kept in the file, by key. */
  readonly metadata: Readonly<Record<string, string>>;
}

const instants = ['measuredAt', 'receivedAt', 'storedAt'];
const wholes = ['seq', 'revision'];

/**
 * Values become numbers where they are some; whatever else a sensor said stands in `<property>_text`, which is NULL
 * nearly everywhere and costs nothing.
 * @throws WellheadError STORE_OPEN where DuckDB is not installed
 */
export async function csvToParquet(made: CsvToParquet): Promise<void> {
  const { writer, instance } = await openDatabase({
    path: ':memory:',
    memoryLimit: '256MiB',
    threads: 1,
    checkpointAt: '16MB',
  });
  try {
    const types = made.columns.map((name) => `${text(name)}: 'VARCHAR'`).join(', ');
    const selected = made.columns.flatMap((name) => selectColumn(name, made.properties)).join(', ');
    const metadata = Object.entries(made.metadata)
      .map(([key, value]) => `${identifier(key)}: ${text(value)}`)
      .join(', ');
    await writer.run(
      `COPY (SELECT ${selected} FROM read_csv(${text(made.csv)}, header = true, delim = ',', quote = '"', escape = '"',
         auto_detect = false, parallel = false, new_line = '\\n', max_line_size = 2097152, buffer_size = 8388608, columns = {${types}}))
       TO ${text(made.parquet)} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {${metadata}})`,
    );
  } finally {
    writer.closeSync();
    instance.closeSync();
  }
}

function selectColumn(name: string, properties: readonly string[]): string[] {
  const column = identifier(name);
  if (instants.includes(name)) return [`${column}::TIMESTAMPTZ AS ${column}`];
  if (wholes.includes(name)) return [`${column}::BIGINT AS ${column}`];
  if (name === 'timeFlag' || properties.some((property) => name === `${property}_flag`))
    return [`${column}::UTINYINT AS ${column}`];
  if (!properties.includes(name)) return [column];
  const number = `TRY_CAST(${column} AS DOUBLE)`;
  // The apostrophe before what a spreadsheet would run is taken away again.
  const original = `regexp_replace(${column}, '^''', '')`;
  return [
    `${number} AS ${column}`,
    `CASE WHEN ${column} IS NOT NULL AND ${number} IS NULL THEN ${original} END AS ${identifier(`${name}_text`)}`,
  ];
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
