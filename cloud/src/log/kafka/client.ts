// Loads kafkajs, only when the log is in Kafka, and sets it up as it was proved to lose nothing.
import { WellheadError } from '@wellhead/protocol';
import type { LogEntry as ClientLogEntry, Kafka, KafkaConfig } from 'kafkajs';
import { answeringFirst } from './find-broker.ts';
import type { KafkaLogOptions } from './kafka-options.ts';

/**
 * The client tries a few times by itself; whoever calls it tries on. So a close never waits for tries without end,
 * and trouble is told.
 */
export const clientRetry = { initialRetryTime: 200, maxRetryTime: 2_000, retries: 5 } as const;
export const requestTimeoutMs = 30_000;
const connectionTimeoutMs = 3_000;
/** True for callers that give up after the client's tries; ours sends the same group again. */
const knownWarning = 'Limiting retries for the idempotent producer';

/** @throws WellheadError LOG_OPEN when the package is not installed, and where no broker answers */
export async function loadClient(options: KafkaLogOptions): Promise<Kafka> {
  const { Kafka, logLevel } = await importKafkajs();
  const common: Omit<KafkaConfig, 'brokers'> = {
    clientId: options.clientId,
    connectionTimeout: connectionTimeoutMs,
    logLevel: logLevel.WARN,
    logCreator: () => (entry) => {
      if (!entry.log.message.startsWith(knownWarning)) options.onTrouble(describe(entry));
    },
    ...(options.ssl === undefined ? {} : { ssl: options.ssl }),
    ...(options.sasl === undefined ? {} : { sasl: options.sasl }),
  };
  // What is wrong with an address is told with the others, when none answers.
  const quiet = { ...common, logLevel: logLevel.NOTHING };
  try {
    const brokers = await answeringFirst(options.brokers, (config) => new Kafka({ ...quiet, ...config }));
    return new Kafka({
      ...common,
      brokers: [...brokers],
      requestTimeout: requestTimeoutMs,
      retry: clientRetry,
    });
  } catch (cause) {
    throw unreachable(options, cause);
  }
}

export function unreachable({ brokers }: KafkaLogOptions, cause: unknown): WellheadError {
  return new WellheadError('LOG_OPEN', `no Kafka broker answers at ${brokers.join(', ')}`, {
    cause,
    hint: 'Check log.brokers, the network, and the settings for TLS and login.',
  });
}

async function importKafkajs(): Promise<typeof import('kafkajs')> {
  try {
    const loaded = await import('kafkajs');
    // A CommonJS package: which names are found on the module itself depends on who loads it.
    return loaded.Kafka === undefined
      ? (loaded as unknown as { default: typeof import('kafkajs') }).default
      : loaded;
  } catch (cause) {
    throw new WellheadError('LOG_OPEN', 'the package kafkajs is not installed', {
      cause,
      hint: 'Install it again with `npm ci`, or set log.kind to leveldb.',
    });
  }
}

function describe({ namespace, log }: ClientLogEntry): string {
  const { message, error } = log as { message: string; error?: unknown };
  return `${namespace}: ${message}${typeof error === 'string' ? ` (${error})` : ''}`;
}
