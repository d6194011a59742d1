// The journal of this gateway with its dead letters and its housekeeping; whatever befalls it is counted and said.
import { join } from 'node:path';
import { folderBytes, type Logger, type OpenParts } from '@wellhead/host';
import type { LoadedConfig } from '../config/load.ts';
import type { GatewayBase } from '../health/base.ts';
import type { GatewayMeters } from '../health/meters.ts';
import { type DeadLetters, openDeadLetters } from './dead-letters.ts';
import { Housekeeping } from './housekeeping.ts';
import type { Journal, JournalReports } from './journal.ts';
import { openJournalFolder } from './open.ts';

export interface JournalParts {
  readonly journal: Journal;
  readonly deadLetters: DeadLetters;
  readonly housekeeping: Housekeeping;
  readonly reports: JournalReports;
}

/** @throws WellheadError JOURNAL_OPEN */
export async function startJournal(
  { config, data }: LoadedConfig,
  { logger, meters, now }: GatewayBase,
  opened: OpenParts,
): Promise<JournalParts> {
  const reports = reportTo(logger, meters);
  const { journal, setAside } = await openJournalFolder(data, reports, now);
  opened.add(journal);
  if (setAside !== undefined)
    logger.error({ setAside }, 'the journal could not be opened; it was set aside and a new one begun');
  const deadLetters = await openDeadLetters({
    db: journal.db,
    limit: config.journal.deadLetters,
    onDropped: (count) => meters.add('dead_letters_dropped_total', count),
  });
  const housekeeping = new Housekeeping({
    journal,
    journalBytes: () => folderBytes(join(data, 'journal')),
    budgetBytes: config.journal.budget,
    whenFull: config.journal.whenFull,
    count: meters.add,
    onDamaged: reports.onDamaged,
    onError: (error) =>
      logger.error({ err: error }, 'housekeeping of the journal failed; it will be tried again'),
  });
  return { journal, deadLetters, housekeeping: opened.add(housekeeping), reports };
}

function reportTo(logger: Logger, meters: GatewayMeters): JournalReports {
  return {
    onDamaged: (key, { code }) => {
      meters.add('blocks_damaged_total');
      logger.error({ key, code }, 'a block of the journal is damaged');
    },
    onMarkFailed: () => meters.add('delivery_marks_failed_total'),
    onLost: (loss) => {
      meters.add('readings_lost_total', loss.to - loss.from + 1);
      logger.warn(loss, 'readings are lost');
    },
    onFound: (sensor, [from, to]) => {
      meters.add('readings_found_total', to - from + 1);
      logger.info({ sensor, from, to }, 'readings that had been declared lost are there');
    },
  };
}
