// The topic of the log: made once, then asked how it is.
import { WellheadError } from '@wellhead/protocol';
import type { Admin, ConfigResourceTypes } from 'kafkajs';
import type { KafkaLogOptions } from './kafka-options.ts';
import { untilSettled } from './until-settled.ts';

export interface TopicFacts {
  /** What the topic has, which is not always what was configured. */
  readonly partitions: number;
  /** The broker takes no larger group of records. */
  readonly maxMessageBytes: number;
}

// Its value in the protocol: the package's own constants load the package.
const topicResource: ConfigResourceTypes.TOPIC = 2;
const defaultMaxMessageBytes = 1_048_588;

/**
 * Makes the topic where it does not exist; any number of processes may do so at once. How long entries stay is
 * Kafka's matter: `retention.ms` (a week unless set) and `retention.bytes` (per partition) must be longer than any
 * consumer is ever stopped, as Kafka removes entries whether they are handled or not. With three replicas and more,
 * two must have a batch before it is acknowledged (`min.insync.replicas`).
 * @throws WellheadError LOG_OPEN
 */
export async function ensureTopic(admin: Admin, options: KafkaLogOptions): Promise<TopicFacts> {
  const { topic, partitions, replication, brokers } = options;
  try {
    if (!(await admin.listTopics()).includes(topic)) {
      await admin.createTopics({
        // It waits for leaders, but takes "not known yet" for an end.
        waitForLeaders: false,
        topics: [
          {
            topic,
            numPartitions: partitions,
            replicationFactor: replication,
            configEntries: [
              { name: 'cleanup.policy', value: 'delete' },
              // The broker's clock: those of several bridges may differ.
              { name: 'message.timestamp.type', value: 'LogAppendTime' },
              { name: 'min.insync.replicas', value: replication > 2 ? '2' : '1' },
            ],
          },
        ],
      });
    }
    const metadata = await untilSettled(
      () => admin.fetchTopicMetadata({ topics: [topic] }),
      options.onTrouble,
    );
    return {
      partitions: metadata.topics[0]!.partitions.length,
      maxMessageBytes: await askMaxMessageBytes(admin, topic),
    };
  } catch (cause) {
    throw new WellheadError('LOG_OPEN', `the Kafka topic ${topic} cannot be made or read`, {
      cause,
      hint: `Check that ${replication} brokers or more run (${brokers.join(', ')}), and what this user may do with the topic.`,
    });
  }
}

async function askMaxMessageBytes(admin: Admin, topic: string): Promise<number> {
  try {
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: topicResource, name: topic, configNames: ['max.message.bytes'] }],
    });
    return Number(resources[0]!.configEntries[0]!.configValue);
  } catch {
    // Reading settings is a right of its own, and not worth refusing to work for.
    return defaultMaxMessageBytes;
  }
}
