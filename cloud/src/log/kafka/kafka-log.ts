// The log in Kafka, for many processes: what one process acknowledged, every other one's consumers get.
import { WellheadError } from '@wellhead/protocol';
import type { Admin } from 'kafkajs';
import type { ReadingLog } from '../reading-log.ts';
import { loadClient, unreachable } from './client.ts';
import type { KafkaLogOptions } from './kafka-options.ts';
import { type Lane, openLane } from './lane.ts';
import { fetchEnds } from './offsets.ts';
import { PartitionedLog } from './partitioned-log.ts';
import { ensureTopic } from './topic.ts';
import { untilSettled } from './until-settled.ts';

const maxLanes = 4;

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
      ends: await untilSettled(() => fetchEnds(admin, options.topic), options.onTrouble),
    });
  } catch (error) {
    await Promise.allSettled(opened.map((part) => part.close()));
    throw error instanceof WellheadError ? error : unreachable(options, error);
  }
}

async function connectAdmin(admin: Admin, options: KafkaLogOptions): Promise<void> {
  try {
    await admin.connect();
  } catch (error) {
    throw unreachable(options, error);
  }
}
