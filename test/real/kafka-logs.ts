// Logs of their own, for tests, on one Kafka broker.
import { Kafka, logLevel } from 'kafkajs';
import { openKafkaLog } from '../../cloud/src/log/kafka/kafka-log.ts';
import type { KafkaLogOptions } from '../../cloud/src/log/kafka/kafka-options.ts';
import type { ReadingLog } from '../../cloud/src/log/reading-log.ts';

let made = 0;

/** A topic that no other test uses. */
export function newTopic(): string {
  return `test-${process.pid}-${++made}`;
}

export function openLog(
  address: string,
  topic: string,
  more: Partial<KafkaLogOptions> = {},
): Promise<ReadingLog> {
  return openKafkaLog({
    brokers: [address],
    topic,
    partitions: 3,
    replication: 1,
    clientId: 'wellhead-test',
    onTrouble: (message, error) => {
      if (process.env.WELLHEAD_TROUBLE !== undefined) console.error(message, error);
    },
    ...more,
  });
}

/** A client that is none of ours, so that no part of the log checks itself. */
export function plainClient(address: string): Kafka {
  return new Kafka({ brokers: [address], logLevel: logLevel.NOTHING });
}

export interface KeptRecord {
  readonly partition: number;
  readonly offset: number;
  readonly key: string;
  readonly batch: Uint8Array;
}

/** Every record of a topic, as a group of its own reads it. */
export async function readTopic(address: string, topic: string): Promise<KeptRecord[]> {
  const client = plainClient(address);
  const admin = client.admin();
  await admin.connect();
  let left = 0;
  for (const { low, high } of await admin.fetchTopicOffsets(topic)) left += Number(high) - Number(low);
  await admin.disconnect();
  const records: KeptRecord[] = [];
  if (left === 0) return records;
  const consumer = client.consumer({ groupId: `${topic}-reader-${++made}`, maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    consumer
      .run({
        eachMessage: ({ partition, message }) => {
          records.push({
            partition,
            offset: Number(message.offset),
            key: String(message.key),
            batch: message.value!,
          });
          if (records.length === left) resolve();
          return Promise.resolve();
        },
      })
      .catch(reject);
  });
  await consumer.disconnect();
  return records;
}

export async function removeTopic(address: string, topic: string): Promise<void> {
  const admin = plainClient(address).admin();
  await admin.connect();
  await admin.deleteTopics({ topics: [topic] });
  await admin.disconnect();
}
