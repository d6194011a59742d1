// Starts the cloud's parts in the order the data flows, and stops them in the same order.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Logger, openBroker, openLevel, type Running } from '@wellhead/host';
import { parseTopic, WellheadError } from '@wellhead/protocol';
import { openApi } from './api/server.ts';
import { createBridge } from './bridge/bridge.ts';
import { openDeadLetters } from './bridge/dead-letters.ts';
import { Gateways } from './bridge/gateways.ts';
import { createAccessRules } from './broker/access.ts';
import type { LoadedConfig } from './config/load.ts';
import { openCloudMeters } from './health/meters.ts';
import { createIndexer } from './indexer/indexer.ts';
import { LiveFeed } from './live/live-feed.ts';
import { openLevelLog } from './log/level-log.ts';
import { startTrimming } from './log/trim.ts';
import { openStore } from './store/open-store.ts';

export interface Cloud extends Running {
  readonly brokerPort: number;
  readonly httpPort: number;
}

const connectTimeoutMs = 5_000;
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
  try {
    mkdirSync(data, { recursive: true });
  } catch (cause) {
    throw new WellheadError('LOG_OPEN', `the folder ${data} cannot be made`, { cause });
  }

  const logFolder = join(data, 'log');
  const readingLog = await openLevelLog({
    db: openLevel(logFolder),
    now,
    defer: setImmediate,
  });
  const deadLetters = await openDeadLetters({
    db: readingLog.db,
    limit: config.log.deadLetters,
    now,
    count: meters.add,
  });
  const gateways = await Gateways.open(readingLog.db, () => meters.add('notes_failed_total'));
  const store = await openStore(config.store, {
    data,
    beside,
    onTrouble: (trouble) => {
      meters.add('store_waits_total');
      log.warn(trouble, 'the store is overloaded or out of reach; it will be tried again');
    },
  });
  const live = new LiveFeed();
  const indexer = await readingLog.consume(
    'indexer',
    createIndexer({ store, deadLetters, onStored: (batches) => live.stored(batches), count: meters.add }),
    {
      maxBytes: indexerBytes,
      lingerMs: config.store.linger,
      onError: (error) => {
        meters.add('store_writes_failed_total');
        log.error({ err: error }, 'the store could not be written; it will be tried again');
      },
    },
  );
  const trimming = startTrimming({
    log: readingLog,
    folder: logFolder,
    budgetBytes: config.log.budget,
    onRemoved: (entries) => meters.add('log_entries_removed_total', entries),
    onError: (error) => log.error({ err: error }, 'the log could not be trimmed; it will be tried again'),
  });

  const access = createAccessRules(config.broker.credentials);
  const bridge = createBridge({
    log: readingLog,
    deadLetters,
    gateways,
    publish: (topic, payload) => broker.publish(topic, payload, { qos: 1 }),
    now,
    count: meters.add,
  });
  const api = await openApi({
    ...config.http,
    version,
    store,
    gateways,
    types,
    sites,
    live,
    meters,
    now,
    onError: (error) => log.error({ err: error }, 'an answer failed'),
    health: () => ({
      log: { next: readingLog.next, lag: indexer.lag },
      deadLetters: deadLetters.count,
      gateways: broker.connected,
    }),
  });
  const broker = await openBroker({
    host: config.broker.host,
    port: config.broker.port,
    maxPacketBytes: config.broker.maxPacket,
    maxConnections: config.broker.maxConnections,
    connectTimeoutMs,
    authenticate: (username, password) => access.authenticate(username, password),
    maySubscribe: (peer, topic) => access.maySubscribe(peer, topic),
    mayRetain: (topic) => parseTopic(topic)?.kind === 'status',
    accept: (peer, topic, payload) => {
      if (access.mayPublish(peer, topic)) return bridge(topic, payload);
      meters.add('publishes_refused_total');
      return Promise.reject(new Error(`${peer.username} may not publish to ${topic}`));
    },
    onRefused: (reason) => meters.add('connections_refused_total', 1, reason),
  });
  meters.gauge('log_lag_entries', 'Batches in the log that are not in the store yet', () => indexer.lag);
  meters.gauge('gateways_connected', 'Connections at the broker', () => broker.connected);
  meters.gauge('process_resident_memory_bytes', 'Memory of the process', () => process.memoryUsage.rss());
  log.info({ broker: broker.port, http: api.port, data }, 'the cloud is running');

  let closing: Promise<void> | undefined;
  return {
    brokerPort: broker.port,
    httpPort: api.port,
    close() {
      closing ??= (async () => {
        await broker.close();
        await api.close();
        await trimming.close();
        await indexer.close();
        await readingLog.close();
        await store.close();
        log.info('the cloud has stopped');
      })();
      return closing;
    },
  };
}
