// The log that the configuration names, be it in a folder or in Kafka.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLevel } from '@wellhead/host';
import { WellheadError } from '@wellhead/protocol';
import type { CloudConfig } from '../config/schema.ts';
import { openLevelLog } from '../log/level/level-log.ts';
import { startTrimming } from '../log/level/trim.ts';
import type { ReadingLog } from '../log/reading-log.ts';

export interface OpenLogOptions {
  /** Folder for logs that keep files. */
  readonly data: string;
  /** Finds files that the configuration names. */
  readonly beside: (path: string) => string;
  /** What this process is called at a log on the network. */
  readonly name: string;
  readonly now: () => number;
  readonly onRemoved: (entries: number) => void;
  readonly onError: (error: unknown) => void;
  /** Told of lost connections and the like of a log on the network; all of it is tried again. */
  readonly onTrouble: (message: string, error?: unknown) => void;
}

export interface OpenedLog {
  readonly log: ReadingLog;
  /** Holds nothing any longer for a consumer that this process does not run; where processes share, others may. */
  forget(consumer: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the log that is configured, and loads only that one.
 * @throws WellheadError LOG_OPEN
 */
export async function openLog(
  config: CloudConfig['log'],
  { data, beside, name, now, onRemoved, onError, onTrouble }: OpenLogOptions,
): Promise<OpenedLog> {
  if (config.kind === 'kafka') {
    const { openKafkaLog } = await import('../log/kafka/kafka-log.ts');
    const { brokers, topic, partitions, replication, username, password } = config;
    const log = await openKafkaLog({
      brokers,
      topic,
      partitions,
      replication,
      clientId: name,
      onTrouble,
      ssl:
        config.ssl && config.caFile !== undefined ? { ca: readAuthority(beside(config.caFile)) } : config.ssl,
      ...(username === undefined
        ? {}
        : { sasl: { mechanism: 'scram-sha-256', username, password: password ?? '' } }),
    });
    return { log, forget: () => Promise.resolve(), close: () => log.close() };
  }
  const folder = join(data, 'log');
  const log = await openLevelLog({ db: openLevel(folder), now, defer: setImmediate });
  const trimming = startTrimming({ log, folder, budgetBytes: config.budget, onRemoved, onError });
  return {
    log,
    forget: (consumer) => log.forget(consumer),
    async close() {
      await trimming.close();
      await log.close();
    },
  };
}

function readAuthority(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new WellheadError('LOG_OPEN', `the certificate ${path} cannot be read`, {
      cause,
      hint: 'Look at log.caFile: the path is relative to the configuration file.',
    });
  }
}
