// What the roles stand on: the state of this process, the log, the store. Only what a role of this process needs.
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { checkFormat, type KeyValueDb, type Logger, type OpenParts, openLevel } from '@wellhead/host';
import { WellheadError } from '@wellhead/protocol';
import { LiveFeed } from '../api/live/live-feed.ts';
import type { LoadedConfig } from '../config/load.ts';
import type { RoleName } from '../config/schema.ts';
import { type DeadLetters, openDeadLetters } from '../dead-letter/dead-letters.ts';
import { Downlink } from '../fleet/downlink.ts';
import { Gateways } from '../fleet/gateways.ts';
import { type CloudMeters, openCloudMeters } from '../health/meters.ts';
import type { MonthDropper } from '../store/month-dropper.ts';
import type { ReadingStore } from '../store/reading-store.ts';
import { type OpenedLog, openLog } from './open-log.ts';
import { openStore } from './open-store.ts';

/** Of accounts, dead letters and what gateways said. */
const stateVersion = 1;

export interface Ground extends LoadedConfig {
  readonly version: string;
  readonly logger: Logger;
  readonly now: () => number;
  readonly meters: CloudMeters;
  readonly plays: (...roles: RoleName[]) => boolean;
  /** What this process is called at brokers and logs on the network. */
  readonly name: string;
  readonly state: KeyValueDb;
  readonly deadLetters: DeadLetters;
  readonly gateways: Gateways;
  readonly downlink: Downlink;
  readonly live: LiveFeed;
  /** There where a role of this process reads or writes it. */
  readonly readingLog: OpenedLog | undefined;
  readonly store: (ReadingStore & Partial<MonthDropper>) | undefined;
}

/** Whether this process shows live readings that another one stores. */
export function isLiveSplit({ plays }: Pick<Ground, 'plays'>): boolean {
  return plays('api') && !plays('indexer');
}

/** @throws WellheadError LOG_OPEN, STORE_OPEN */
export async function openGround(
  loaded: LoadedConfig,
  logger: Logger,
  version: string,
  opened: OpenParts,
): Promise<Ground> {
  const { config, data, beside } = loaded;
  const now = Date.now;
  const meters = openCloudMeters();
  const plays = (...roles: RoleName[]) => roles.some((role) => config.roles.includes(role));
  const name = config.bridge.name ?? processName(data);

  const state = openLevel(makeFolder(data, 'state'));
  await state.open().catch((cause) => {
    throw new WellheadError('LOG_OPEN', `the folder ${join(data, 'state')} cannot be opened`, { cause });
  });
  opened.add(state);
  await checkFormat(state, { what: 'state', version: stateVersion, code: 'LOG_OPEN' });
  const { deadLetters: limit } = config.log;
  const deadLetters = await openDeadLetters({ db: state, limit, now, count: meters.add });
  const gateways = await Gateways.open(state, () => meters.add('notes_failed_total'));

  const readingLog = plays('bridge', 'indexer', 'analysis', 'api')
    ? opened.add(
        await openLog(config.log, {
          data,
          beside,
          name,
          now,
          onTrouble: (message, error) => logger.warn({ err: error }, message),
          onRemoved: (entries) => meters.add('log_entries_removed_total', entries),
          onError: (error) =>
            logger.error({ err: error }, 'the log could not be trimmed; it will be tried again'),
        }),
      )
    : undefined;
  const store = plays('indexer', 'analysis', 'api')
    ? opened.add(
        await openStore(config.store, {
          data,
          beside,
          onTrouble: (trouble) => {
            meters.add('store_waits_total');
            logger.warn(trouble, 'the store is overloaded or out of reach; it will be tried again');
          },
        }),
      )
    : undefined;
  const shared = { live: new LiveFeed(), downlink: new Downlink(), readingLog, store };
  return { ...loaded, version, logger, now, meters, plays, name, state, deadLetters, gateways, ...shared };
}

/** The same after a restart, and another for another folder on the same host. */
function processName(data: string): string {
  return `wellhead-${hostname()}-${createHash('sha256').update(data).digest('hex').slice(0, 8)}`;
}

function makeFolder(data: string, name: string): string {
  try {
    mkdirSync(data, { recursive: true });
  } catch (cause) {
    throw new WellheadError('LOG_OPEN', `the folder ${data} cannot be made`, { cause });
  }
  return join(data, name);
}
