// One log over the partitions of a topic: batches go to their lane, consumers are members of groups.
import { setTimeout as pause } from 'node:timers/promises';
import { retryDelays, WellheadError } from '@wellhead/protocol';
import type { Admin, Kafka } from 'kafkajs';
import type { ConsumeOptions, Consumption, LogEntry, LogStart, ReadingLog } from '../reading-log.ts';
import { GroupMember } from './group-member.ts';
import type { KafkaLogOptions } from './kafka-options.ts';
import type { Lane } from './lane.ts';
import { fetchEnds, type Offsets } from './offsets.ts';
import { keyOf, partitionOf } from './partition.ts';
import { SendQueue } from './send-queue.ts';
import type { TopicFacts } from './topic.ts';

const maxGroup = 1_000;
const maxPending = 10_000;
const maxPendingBytes = 64 * 1024 * 1024;
/** What a record and its group take beside the value. */
const recordOverheadBytes = 1_024;
const retry = { firstMs: 100, maxMs: 2_000 } as const;
const closeWithinMs = 5_000;
/** How often ends are asked for that other processes move. */
const lookEveryMs = 5_000;

export interface Parts {
  readonly client: Kafka;
  readonly admin: Admin;
  readonly lanes: readonly Lane[];
  readonly facts: TopicFacts;
  readonly options: KafkaLogOptions;
  readonly ends: Offsets;
}

export class PartitionedLog implements ReadingLog {
  readonly #parts: Parts;
  readonly #queues: readonly SendQueue[];
  readonly #ends: Map<number, number>;
  readonly #members = new Map<string, GroupMember>();
  readonly #looking: NodeJS.Timeout;
  #closing: Promise<void> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#ends = new Map(parts.ends);
    this.#queues = parts.lanes.map((lane) => this.#openQueue(lane));
    let isLooking = false;
    this.#looking = setInterval(() => {
      if (isLooking) return;
      isLooking = true;
      void this.#look().finally(() => {
        isLooking = false;
      });
    }, lookEveryMs).unref();
  }

  get next(): number {
    let next = 0;
    for (const end of this.#ends.values()) next += end;
    return next;
  }

  append(batch: Uint8Array): Promise<void> {
    const { partitions, maxMessageBytes } = this.#parts.facts;
    if (this.#closing !== undefined) return Promise.reject(closedError());
    if (batch.length + recordOverheadBytes > maxMessageBytes) {
      return Promise.reject(tooLargeError(batch.length, maxMessageBytes));
    }
    const key = keyOf(batch);
    const partition = partitionOf(key, partitions);
    // Always the same lane for a partition, or two producers could change the order.
    return this.#queues[partition % this.#queues.length]!.add({ partition, key, value: batch });
  }

  async consume(
    consumer: string,
    handle: (entries: readonly LogEntry[]) => Promise<void>,
    options: ConsumeOptions & { readonly from?: LogStart },
  ): Promise<Consumption> {
    if (this.#closing !== undefined) throw closedError();
    if (this.#members.has(consumer)) throw new TypeError(`consumer ${consumer} is running already`);
    const { client, admin, options: log } = this.#parts;
    const member = new GroupMember({
      client,
      admin,
      topic: log.topic,
      group: `${log.topic}.${consumer}`,
      handle,
      options,
      onTrouble: log.onTrouble,
    });
    this.#members.set(consumer, member);
    const close = async () => {
      await member.close();
      if (this.#members.get(consumer) === member) this.#members.delete(consumer);
    };
    try {
      for (const [partition, end] of this.#ends) member.checkpoints.reaches(partition, end);
      await member.join(options.from);
    } catch (error) {
      await close();
      throw error;
    }
    // Entries come after the caller has got hold of what this gives.
    setImmediate(() => member.start());
    return {
      get lag() {
        return member.checkpoints.lag;
      },
      caughtUp: () => member.caughtUp(),
      close,
    };
  }

  close(): Promise<void> {
    this.#closing ??= (async () => {
      clearInterval(this.#looking);
      await Promise.all([...this.#members.values()].map((member) => member.close()));
      await Promise.all(this.#queues.map((queue) => queue.close(closeWithinMs)));
      const { lanes, admin } = this.#parts;
      const ends = Promise.allSettled([...lanes.map((lane) => lane.close()), admin.disconnect()]);
      // A broker that does not answer must not keep the program from ending.
      await Promise.race([ends, pause(closeWithinMs, undefined, { ref: false })]);
    })();
    return this.#closing;
  }

  #openQueue(lane: Lane): SendQueue {
    const { lanes, facts, options } = this.#parts;
    return new SendQueue({
      send: async (partition, group) => this.#reaches(partition, await lane.send(partition, group)),
      maxGroup,
      // Less than the broker takes, as each record brings some bytes of its own.
      maxGroupBytes: facts.maxMessageBytes * 0.8 - recordOverheadBytes,
      maxPending: Math.ceil(maxPending / lanes.length),
      maxPendingBytes: Math.ceil(maxPendingBytes / lanes.length),
      delays: () => retryDelays(retry, Math.random),
      wait: waitFor,
      defer: setImmediate,
      onTrouble: (error) =>
        options.onTrouble('Kafka did not take a group of batches; it is sent again', error),
    });
  }

  #reaches(partition: number, end: number): void {
    this.#ends.set(partition, Math.max(end, this.#ends.get(partition) ?? 0));
    for (const member of this.#members.values()) member.checkpoints.reaches(partition, end);
  }

  async #look(): Promise<void> {
    const { admin, options } = this.#parts;
    try {
      const ends = await fetchEnds(admin, options.topic);
      for (const [partition, end] of ends) this.#reaches(partition, end);
    } catch (error) {
      options.onTrouble('the ends of the log could not be asked for; they are asked for again', error);
    }
  }
}

async function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  // An aborted wait is over, as one that ran out is.
  await pause(ms, undefined, { signal }).catch(() => undefined);
}

function closedError(): WellheadError {
  return new WellheadError('LOG_WRITE', 'the log is closed already', {
    hint: 'The program is stopping; gateways keep their readings until it runs again.',
  });
}

function tooLargeError(bytes: number, limit: number): WellheadError {
  return new WellheadError(
    'LOG_WRITE',
    `a batch of ${bytes} bytes is larger than the Kafka topic takes (${limit})`,
    { hint: 'Raise max.message.bytes of the topic above broker.maxPacket.' },
  );
}
