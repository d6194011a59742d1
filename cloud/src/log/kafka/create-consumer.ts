// How a member of a group is set up: as it was proved to skip nothing.
import type { Consumer, Kafka } from 'kafkajs';
import type { ConsumeOptions } from '../reading-log.ts';
import { clientRetry } from './client.ts';

/** A member that says nothing for so long is taken for dead, and others get its partitions. */
export const sessionTimeoutMs = 6_000;
const rebalanceTimeoutMs = 10_000;
const heartbeatEveryMs = 1_000;
const idleFetchMs = 300;
/** A member says nothing while it lingers, and must not be taken for dead. */
const maxLingerMs = 2_000;
const maxFetchBytes = 10 * 1024 * 1024;
const minPartitionBytes = 1024 * 1024;

export function createConsumer(client: Kafka, group: string, options: ConsumeOptions): Consumer {
  const lingers = options.lingerMs > 0;
  return client.consumer({
    groupId: group,
    sessionTimeout: sessionTimeoutMs,
    rebalanceTimeout: rebalanceTimeoutMs,
    heartbeatInterval: heartbeatEveryMs,
    allowAutoTopicCreation: false,
    // Restarts are ours: those of the client could come after a close.
    retry: { ...clientRetry, restartOnFailure: () => Promise.resolve(false) },
    // The broker itself lets entries gather: it answers when there are enough, or the time is up.
    minBytes: lingers ? Math.min(options.maxBytes, maxFetchBytes) : 1,
    maxWaitTimeInMs: lingers ? Math.min(options.lingerMs, maxLingerMs) : idleFetchMs,
    maxBytes: maxFetchBytes,
    maxBytesPerPartition: Math.max(minPartitionBytes, options.maxBytes),
  });
}
