// The role that writes readings from the log into the store, and drops what is too old.
import type { OpenParts } from '@wellhead/host';
import { createIndexer } from '../indexer/indexer.ts';
import { startRetention } from '../indexer/retention.ts';
import type { Consumption } from '../log/reading-log.ts';
import type { Ground } from './ground.ts';

/** About 50,000 five-property readings: the store likes large writes when it is behind. */
const indexerBytes = 384 * 1024;

/** @throws WellheadError LOG_WRITE */
export async function startIndexer(ground: Ground, opened: OpenParts): Promise<Consumption> {
  const { config, readingLog, store, deadLetters, live, meters, logger } = ground;
  const handle = createIndexer({
    deadLetters,
    count: meters.add,
    store: {
      async write(batches) {
        const startedAt = performance.now();
        const result = await store!.write(batches);
        meters.observe('store_write_seconds', (performance.now() - startedAt) / 1000);
        return result;
      },
    },
    onStored: (batches) => live.stored(batches),
  });
  const indexer = await readingLog!.log.consume('indexer', handle, {
    maxBytes: indexerBytes,
    lingerMs: config.store.linger,
    onError: (error) => {
      meters.add('store_writes_failed_total');
      logger.error({ err: error }, 'the store could not be written; it will be tried again');
    },
    onLost: (entries) => {
      meters.add('log_entries_lost_total', entries);
      logger.error({ entries }, 'the log removed entries before they were stored; give it more room');
    },
  });
  opened.add(indexer);
  dropOldMonths(ground, opened);
  return indexer;
}

function dropOldMonths({ config, store, meters, logger, now }: Ground, opened: OpenParts): void {
  const keepMonths = config.store.kind === 'elasticsearch' ? config.store.keepMonths : undefined;
  const drop = store?.dropMonthsBefore?.bind(store);
  if (store === undefined || keepMonths === undefined || drop === undefined) return;
  const retention = startRetention({
    keepMonths,
    now,
    store: { sensors: () => store.sensors(), dropMonthsBefore: drop },
    repeat: (work, everyMs) => {
      const timer = setInterval(work, everyMs);
      return () => clearInterval(timer);
    },
    onDropped: (months) => {
      for (const { readings } of months) meters.add('readings_dropped_total', readings);
      logger.info({ months, keepMonths }, 'old months were dropped');
    },
    onError: (error) => {
      meters.add('drops_failed_total');
      logger.error({ err: error }, 'old months could not be dropped; it will be tried again in a day');
    },
  });
  opened.add(retention);
}
