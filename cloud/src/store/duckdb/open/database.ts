// Opens the DuckDB file, or says what to do about one that cannot be opened.
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { WellheadError } from '@wellhead/protocol';

/** DuckDB's package and the native functions below it: the latter copy whole columns, the former single values. */
export interface Duckdb {
  readonly api: typeof import('@duckdb/node-api');
  readonly native: typeof import('@duckdb/node-bindings');
}

export interface Database {
  readonly duckdb: Duckdb;
  readonly instance: DuckDBInstance;
  /** The one connection that writes. */
  readonly writer: DuckDBConnection;
}

export interface DatabaseOptions {
  readonly path: string;
  readonly memoryLimit: string;
  readonly threads: number;
  readonly checkpointAt: string;
}

/** @throws WellheadError STORE_OPEN */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const duckdb = await loadDuckdb();
  try {
    const instance = await duckdb.api.DuckDBInstance.create(options.path, {
      memory_limit: options.memoryLimit,
      threads: String(options.threads),
      checkpoint_threshold: options.checkpointAt,
      max_temp_directory_size: '2GB',
      // Nothing is ever fetched from the network.
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    return { duckdb, instance, writer: await instance.connect() };
  } catch (cause) {
    throw openError(options.path, cause);
  }
}

/** Only here is the native part loaded: a machine that stores elsewhere needs no DuckDB. */
async function loadDuckdb(): Promise<Duckdb> {
  try {
    const [api, native] = await Promise.all([import('@duckdb/node-api'), import('@duckdb/node-bindings')]);
    return { api, native: native.default };
  } catch (cause) {
    throw new WellheadError('STORE_OPEN', `DuckDB cannot be loaded on ${process.platform}-${process.arch}`, {
      cause,
      hint: `Install it again on this machine ("npm install" for ${process.platform}-${process.arch}, with optional packages), or choose another store.`,
    });
  }
}

function openError(path: string, cause: unknown): WellheadError {
  const words = cause instanceof Error ? cause.message : String(cause);
  const message = `the store ${path} cannot be opened: ${words}`;
  if (/lock/i.test(words)) {
    return new WellheadError('STORE_OPEN', message, {
      cause,
      hint: 'Another program holds the file open, most likely a second Wellhead: stop it.',
    });
  }
  if (/not a valid DuckDB|corrupt|checksum|replaying WAL|deserializ|version number/i.test(words)) {
    return new WellheadError('STORE_OPEN', message, {
      cause,
      hint: 'The file is damaged or from another version. Move it and its .wal away: a new one is filled from the log.',
    });
  }
  return new WellheadError('STORE_OPEN', message, { cause });
}
