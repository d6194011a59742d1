// The version of what a database holds, kept in it: an older program refuses what a newer one wrote, and says so.
import { type ErrorCode, WellheadError } from '@wellhead/protocol';
import type { KeyValueDb } from './key-value.ts';

/** Sorts among the marks, before every entry. */
export const formatKey = 'm!format';

export interface FormatOptions {
  /** As a person knows it: "journal", "log". */
  readonly what: string;
  /** The version that this program reads and writes. */
  readonly version: number;
  readonly code: ErrorCode;
}

/**
 * Asks for the version before anything else is read. Data of 0.1.0 hold none and are of version 1.
 * @throws WellheadError with `code` where the data are of a version that this program does not know
 */
export async function checkFormat(db: KeyValueDb, { what, version, code }: FormatOptions): Promise<void> {
  const held = await db.get(formatKey);
  if (held === undefined) {
    await db.put(formatKey, Buffer.from(String(version)), { sync: true });
    return;
  }
  const found = Buffer.from(held).toString();
  if (found === String(version)) return;
  throw new WellheadError(code, `the ${what} is of version ${found}, this program knows ${version}`, {
    hint: 'Use the newer Wellhead that wrote it; UPGRADING.md says which versions read what. No entry was changed.',
  });
}
