// One idempotent producer, which sends one group to one partition at a time.
import type { Kafka, Message, Producer } from 'kafkajs';
import { clientRetry, requestTimeoutMs } from './client.ts';
import type { Outgoing } from './send-queue.ts';

export interface Lane {
  /** Resolves with the offset after the group's last record, when all in-sync replicas have it. */
  send(partition: number, group: readonly Outgoing[]): Promise<number>;
  close(): Promise<void>;
}

const allReplicas = -1;

/** What a broker says when it does not know the producer any more, or not its last numbers. */
const forgotten: ReadonlySet<unknown> = new Set([
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'UNKNOWN_PRODUCER_ID',
  'INVALID_PRODUCER_EPOCH',
  'INVALID_PRODUCER_ID_MAPPING',
  'PRODUCER_FENCED',
]);

export async function openLane(client: Kafka, topic: string): Promise<Lane> {
  let producer = await connect(client);
  return {
    async send(partition, group) {
      const messages = group.map(({ key, value }): Message => ({ key, partition, value: asBuffer(value) }));
      try {
        const [answer] = await producer.send({
          topic,
          acks: allReplicas,
          timeout: requestTimeoutMs,
          messages,
        });
        return Number(answer!.baseOffset) + group.length;
      } catch (error) {
        // With its numbers forgotten it would be refused for ever; a new one begins at nought. If the group was
        // kept after all, it is there twice then, and the readings' keys make the second a no-op.
        if (isForgotten(error)) {
          const old = producer;
          producer = await connect(client);
          await old.disconnect();
        }
        throw error;
      }
    },
    close: () => producer.disconnect(),
  };
}

async function connect(client: Kafka): Promise<Producer> {
  const producer = client.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
    retry: clientRetry,
    // The client asks again at each repetition, so the answer must be the one we gave.
    createPartitioner:
      () =>
      ({ message }) =>
        message.partition!,
  });
  await producer.connect();
  return producer;
}

function isForgotten(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (forgotten.has((at as { type?: unknown }).type)) return true;
  }
  return false;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
