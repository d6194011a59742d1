// Opens the journal's folder; one that LevelDB cannot open is set aside as it is, and intake goes on in a new one.
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { openLevel } from '@wellhead/host';
import { WellheadError } from '@wellhead/protocol';
import { type Journal, type JournalReports, openJournal } from './journal.ts';

export interface OpenedJournal {
  readonly journal: Journal;
  /** Where a journal that could not be opened was put. */
  readonly setAside?: string;
}

/** @throws WellheadError JOURNAL_OPEN when the folder is locked or cannot be written */
export async function openJournalFolder(
  folder: string,
  reports: JournalReports,
  now: () => number,
): Promise<OpenedJournal> {
  const path = join(folder, 'journal');
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw new WellheadError('JOURNAL_OPEN', `the folder ${folder} cannot be made`, { cause });
  }
  const open = () =>
    openJournal({
      db: openLevel(path),
      newOrigin: () => randomBytes(8).toString('hex'),
      defer: setImmediate,
      ...reports,
    });
  try {
    if (!isTorn(path)) return { journal: await open() };
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  const setAside = `${path}.damaged-${new Date(now()).toISOString().replaceAll(':', '')}`;
  try {
    renameSync(path, setAside);
  } catch (cause) {
    throw new WellheadError('JOURNAL_OPEN', `the damaged journal ${path} cannot be set aside`, { cause });
  }
  return { journal: await open(), setAside };
}

/**
 * Whether the folder lacks the files by which LevelDB finds the others. Without CURRENT it would take the folder
 * for a new one and delete the tables it finds there.
 */
function isTorn(path: string): boolean {
  try {
    const names = readdirSync(path);
    if (!names.includes('CURRENT')) return names.some((name) => /\.(ldb|sst|log)$/.test(name));
    return !names.includes(readFileSync(join(path, 'CURRENT'), 'utf8').trim());
  } catch {
    // Not there yet, or not readable: LevelDB says which.
    return false;
  }
}

/**
 * Only what LevelDB calls corruption; a lock or a full disk is no reason to put readings away. By its code alone: the
 * messages name the folder, whatever that is called.
 */
function isDamage(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ((cause as NodeJS.ErrnoException).code === 'LEVEL_CORRUPTION') return true;
  }
  return false;
}
