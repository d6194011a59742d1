// Starts the parts this process is to play in the order the data flows, and stops them in the same order.
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type Broker, type Logger, openLevel, type Running } from '@wellhead/host';
import { WellheadError } from '@wellhead/protocol';
import { openAccess } from './access/open-access.ts';
import { HistoryJobs } from './analysis/history/history-jobs.ts';
import { startAnalysis } from './analysis/round/start-analysis.ts';
import type { Api } from './api/http/api.ts';
import { followLog } from './api/live/follow-log.ts';
import { LiveFeed } from './api/live/live-feed.ts';
import { openApi } from './api/server.ts';
import { createBridge } from './bridge/bridge.ts';
import { type BrokerLink, openBrokerLink, watchGateways } from './bridge/broker-link.ts';
import { createIntake } from './bridge/intake.ts';
import { openCloudBroker } from './broker/cloud-broker.ts';
import type { LoadedConfig } from './config/load.ts';
import { openDeadLetters } from './dead-letter/dead-letters.ts';
import { Gateways } from './fleet/gateways.ts';
import { Requests } from './fleet/requests.ts';
import { openCloudMeters } from './health/meters.ts';
import { createIndexer } from './indexer/indexer.ts';
import { startRetention } from './indexer/retention.ts';
import type { Consumption } from './log/reading-log.ts';
import { openLog } from './role/open-log.ts';
import { openStore } from './role/open-store.ts';

export interface Cloud extends Running {
  readonly brokerPort: number | undefined;
  readonly httpPort: number | undefined;
}

/** About 50,000 five-property readings: the store likes large writes when it is behind. */
const indexerBytes = 384 * 1024;

/** @throws WellheadError LOG_OPEN, STORE_OPEN, PORT_TAKEN */
export async function startCloud(
  { config, types, sites, data, beside }: LoadedConfig,
  log: Logger,
  version: string,
): Promise<Cloud> {
  const now = Date.now;
  const meters = openCloudMeters();
  const roles = new Set(config.roles);
  const name = config.bridge.name ?? processName(data);
  /** What was opened, to be closed in the order it was opened: nothing new comes in first. */
  const opened: (() => Promise<void>)[] = [];

  const state = openLevel(makeFolder(data, 'state'));
  await state.open().catch((cause) => {
    throw new WellheadError('LOG_OPEN', `the folder ${join(data, 'state')} cannot be opened`, { cause });
  });
  const deadLetters = await openDeadLetters({
    db: state,
    limit: config.log.deadLetters,
    now,
    count: meters.add,
  });
  const gateways = await Gateways.open(state, () => meters.add('notes_failed_total'));

  const splitLive = roles.has('api') && !roles.has('indexer');
  const needsLog = roles.has('bridge') || roles.has('indexer') || roles.has('analysis') || splitLive;
  const readingLog = needsLog
    ? await openLog(config.log, {
        data,
        beside,
        name,
        now,
        onTrouble: (message, error) => log.warn({ err: error }, message),
        onRemoved: (entries) => meters.add('log_entries_removed_total', entries),
        onError: (error) => log.error({ err: error }, 'the log could not be trimmed; it will be tried again'),
      })
    : undefined;
  const store =
    roles.has('indexer') || roles.has('analysis') || roles.has('api')
      ? await openStore(config.store, {
          data,
          beside,
          onTrouble: (trouble) => {
            meters.add('store_waits_total');
            log.warn(trouble, 'the store is overloaded or out of reach; it will be tried again');
          },
        })
      : undefined;

  const live = new LiveFeed();
  let indexer: Consumption | undefined;
  if (roles.has('indexer')) {
    indexer = await readingLog!.log.consume(
      'indexer',
      createIndexer({
        store: store!,
        deadLetters,
        onStored: (batches) => live.stored(batches),
        count: meters.add,
      }),
      {
        maxBytes: indexerBytes,
        lingerMs: config.store.linger,
        onError: (error) => {
          meters.add('store_writes_failed_total');
          log.error({ err: error }, 'the store could not be written; it will be tried again');
        },
        onLost: (entries) => {
          meters.add('log_entries_lost_total', entries);
          log.error({ entries }, 'the log removed entries before they were stored; give it more room');
        },
      },
    );
  }
  const keepMonths = config.store.kind === 'elasticsearch' ? config.store.keepMonths : undefined;
  const dropper = store?.dropMonthsBefore?.bind(store);
  if (roles.has('indexer') && keepMonths !== undefined && dropper !== undefined) {
    const retention = startRetention({
      store: { sensors: () => store!.sensors(), dropMonthsBefore: dropper },
      ...{ keepMonths, now },
      repeat: (work, everyMs) => {
        const timer = setInterval(work, everyMs);
        return () => clearInterval(timer);
      },
      onDropped: (months) => {
        for (const { readings } of months) meters.add('readings_dropped_total', readings);
        log.info({ months, keepMonths }, 'old months were dropped');
      },
      onError: (error) => {
        meters.add('drops_failed_total');
        log.error({ err: error }, 'old months could not be dropped; it will be tried again in a day');
      },
    });
    opened.push(async () => retention.close());
  }
  // Else what it had not looked at when it last ran would fill the log for ever.
  if (!roles.has('analysis')) await readingLog?.forget('analysis');
  const analysis = roles.has('analysis')
    ? await startAnalysis({
        ...{ log: readingLog!.log, store: store!, types, sites, settings: config.analysis, now, meters },
        onTrouble: (message, facts) => log.warn(facts, message),
      })
    : undefined;
  const history = roles.has('analysis')
    ? new HistoryJobs({
        ...{ store: store!, types, sites, settings: config.analysis, now, count: meters.add },
        onTrouble: (message, facts) => log.warn(facts, message),
      })
    : undefined;
  const follower = splitLive
    ? await followLog(readingLog!.log, live, {
        name: `${name}-${randomBytes(4).toString('hex')}`,
        now: now(),
        onError: (error) =>
          log.error({ err: error }, 'live readings could not be followed; it will be tried again'),
      })
    : undefined;

  let broker: Broker | undefined;
  let link: BrokerLink | undefined;
  const publish = (topic: string, payload: string) => (link ?? broker)?.publish(topic, payload);
  const intake = roles.has('bridge')
    ? createIntake({ log: readingLog!.log, gateways, publish, now, count: meters.add })
    : undefined;
  const bridge = intake === undefined ? undefined : createBridge({ intake, deadLetters });
  const { url, username, password, mqttVersion } = config.bridge;
  const onLink = linkReporter(log, url);
  if (bridge !== undefined && url !== undefined) {
    link = openBrokerLink({
      ...{ url, username, password, name, mqttVersion, bridge, onLink },
      group: config.bridge.group === false ? undefined : config.bridge.group,
      sessionExpirySeconds: Math.ceil(config.bridge.sessionExpiry / 1000),
      receiveMaximum: config.bridge.receiveMaximum,
      maxPendingBytes: config.bridge.maxPending,
      count: meters.add,
    });
    opened.push(() => link!.close());
  }
  if (roles.has('api') && url !== undefined) {
    const watch = watchGateways({
      ...{ url, username, password, name, mqttVersion },
      note: (address, said) => gateways.note(address, now(), said),
    });
    opened.push(() => watch.close());
  }

  let api: Api | undefined;
  if (roles.has('api')) {
    const access = await openAccess({
      ...{ db: state, host: config.http.host, access: config.http.access, now },
      onDropped: (entries) => meters.add('audit_entries_dropped_total', entries),
      onSetUp: (token) =>
        log.warn(
          { token },
          'the first admin token, told this once: log in with it on the dashboard and make tokens for others',
        ),
    });
    api = await openApi({
      ...config.http,
      access,
      ...{ version, store: store!, gateways, types, sites, live, meters, now, deadLetters },
      ...(intake !== undefined && { intake, requests: new Requests({ publish, now }) }),
      ...(history !== undefined && { history }),
      maxReadingsBytes: config.broker.maxPacket,
      onError: (error) => log.error({ err: error }, 'an answer failed'),
      health: () => ({
        roles: config.roles,
        ...(readingLog === undefined
          ? {}
          : { log: { next: readingLog.log.next, lag: indexer?.lag ?? follower?.lag ?? 0 } }),
        deadLetters: deadLetters.count,
        ...(broker === undefined ? {} : { gateways: broker.connected }),
      }),
    });
  }
  if (roles.has('broker')) {
    broker = await openCloudBroker(config.broker, meters, url === undefined ? bridge : undefined);
    opened.unshift(() => broker!.close());
    meters.gauge('gateways_connected', 'Connections at the broker', () => broker!.connected);
  }
  meters.gauge(
    'log_lag_entries',
    'Batches in the log that are not in the store yet',
    () => indexer?.lag ?? 0,
  );
  meters.gauge('process_resident_memory_bytes', 'Memory of the process', () => process.memoryUsage.rss());
  log.info({ roles: config.roles, broker: broker?.port, http: api?.port, data }, 'the cloud is running');

  for (const part of [api, indexer, analysis, history, follower, readingLog, store, state]) {
    if (part !== undefined) opened.push(() => part.close());
  }
  let closing: Promise<void> | undefined;
  return {
    brokerPort: broker?.port,
    httpPort: api?.port,
    close() {
      closing ??= (async () => {
        for (const close of opened) await close();
        log.info('the cloud has stopped');
      })();
      return closing;
    },
  };
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

/** Says when a broker of one's own is reached and lost, not at each attempt. */
function linkReporter(log: Logger, url: string | undefined): (isUp: boolean, why: string) => void {
  let was: boolean | undefined;
  return (isUp, why) => {
    if (isUp === was) return;
    was = isUp;
    if (isUp) log.info({ url }, 'the broker is reached');
    else log.warn({ url, why }, 'the broker is not reached; gateways keep their readings');
  };
}
