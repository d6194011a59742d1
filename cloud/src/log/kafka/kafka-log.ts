// The log in Kafka, for many processes: what one process acknowledged, every other one's consumers get.
import { setTimeout as pause } from 'node:timers/promises';
import { retryDelays, WellheadError } from '@wellhead/protocol';
import type { Admin } from 'kafkajs';
import type { ReadingLog } from '../reading-log.ts';
import { loadClient } from './client.ts';
import type { KafkaLogOptions } from './kafka-options.ts';
import { type Lane, openLane } from './lane.ts';
import { fetchEnds, type Offsets } from './offsets.ts';
import { PartitionedLog } from './partitioned-log.ts';
import { ensureTopic } from './topic.ts';

const maxLanes = 4;
const settlingTries = 10;

/**
 * Opens the log, and makes its topic where it does not exist. kafkajs is loaded here, and only here.
 * @throws WellheadError LOG_OPEN
 */
export async function openKafkaLog(options: KafkaLogOptions): Promise<ReadingLog> {
  const client = await loadClient(options);
  const admin = client.admin();
  const opened: { close(): Promise<void> }[] = [{ close: () => admin.disconnect() }];
  try {
    await connectAdmin(admin, options);
    const facts = await ensureTopic(admin, options);
    const lanes: Lane[] = [];
    for (let i = 0; i < Math.min(maxLanes, facts.partitions); i++) {
      lanes.push(await openLane(client, options.topic));
      opened.push(lanes.at(-1)!);
    }
    return new PartitionedLog({
      client,
      admin,
      lanes,
      facts,
      options,
      ends: await fetchFirstEnds(admin, options),
    });
  } catch (error) {
    await Promise.allSettled(opened.map((part) => part.close()));
    throw error instanceof WellheadError ? error : unreachable(options, error);
  }
}

/** Partitions of a topic that was made a moment ago may have no leader yet. */
async function fetchFirstEnds(admin: Admin, { topic, onTrouble }: KafkaLogOptions): Promise<Offsets> {
  const delays = retryDelays({ firstMs: 100, maxMs: 2_000 }, Math.random);
  for (let left = settlingTries; ; left--) {
    try {
      return await fetchEnds(admin, topic);
    } catch (error) {
      if (left === 0) throw error;
      onTrouble('the topic is not ready; it is asked again', error);
      await pause(delays.next().value);
    }
  }
}

async function connectAdmin(admin: Admin, options: KafkaLogOptions): Promise<void> {
  try {
    await admin.connect();
  } catch (error) {
    throw unreachable(options, error);
  }
}

function unreachable({ brokers }: KafkaLogOptions, cause: unknown): WellheadError {
  return new WellheadError('LOG_OPEN', `no Kafka broker answers at ${brokers.join(', ')}`, {
    cause,
    hint: 'Check log.brokers, the network, and the settings for TLS and login.',
  });
}
