// One consumer of the log: a member of its Kafka group, which is joined again whatever ends it.
import { setTimeout as pause } from 'node:timers/promises';
import { WellheadError } from '@wellhead/protocol';
import type { Admin, Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import type { ConsumeOptions, LogEntry, LogStart } from '../reading-log.ts';
import { Checkpoints } from './checkpoints.ts';
import { createConsumer, sessionTimeoutMs } from './create-consumer.ts';
import { handleBatch } from './handle-batch.ts';
import { fetchEnds, fetchKept, fetchStart, type Offsets } from './offsets.ts';

export interface GroupMemberOptions {
  readonly client: Kafka;
  readonly admin: Admin;
  readonly topic: string;
  readonly group: string;
  readonly handle: (entries: readonly LogEntry[]) => Promise<void>;
  readonly options: ConsumeOptions;
  readonly onTrouble: (message: string, error?: unknown) => void;
}

const againMs = 1_000;
const lookEveryMs = 250;
const disconnectWithinMs = 5_000;

export class GroupMember {
  readonly checkpoints = new Checkpoints();
  readonly #with: GroupMemberOptions;
  readonly #stop = new AbortController();
  /** Settles when entries may be handed over: not before the consumer's owner knows of it. */
  readonly #started: Promise<void>;
  #start: () => void = () => undefined;
  #consumer: Consumer | undefined;
  /** The partitions that the group gave us are known with their checkpoints when it settles. */
  #assigned: Promise<void> = Promise.resolve();
  #underWay: Promise<void> = Promise.resolve();
  #seeks: Offsets | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: GroupMemberOptions) {
    this.#with = options;
    this.#started = new Promise((resolve) => {
      this.#start = resolve;
    });
  }

  /** Resolves when the group has let us in. @throws WellheadError LOG_WRITE when the checkpoint cannot be taken back */
  async join(from: LogStart | undefined): Promise<void> {
    const { admin, topic } = this.#with;
    if (from !== undefined) {
      await this.#refuseWhileOthersRun();
      this.#seeks = await this.#insist(() => fetchStart(admin, topic, from));
    }
    await this.#joinUntilIn();
    const seeks = this.#seeks;
    this.#seeks = undefined;
    if (seeks !== undefined) await this.#keepStart(seeks);
  }

  /** From now on entries are handed over. */
  start(): void {
    this.#start();
  }

  /** Resolves when everything in the log now is handled, by whichever member; rejects when this one is closed first. */
  async caughtUp(): Promise<void> {
    const { admin, topic, group } = this.#with;
    const ends = await this.#insist(() => fetchEnds(admin, topic));
    for (;;) {
      const kept = this.checkpoints.behind(ends, new Map()).every((id) => this.checkpoints.isOurs(id))
        ? new Map<number, number>()
        : await this.#insist(() => fetchKept(admin, topic, group));
      if (this.checkpoints.behind(ends, kept).length === 0) return;
      await this.#wait(lookEveryMs);
      if (this.#stop.signal.aborted) throw new Error('the consumer was closed before it had caught up');
    }
  }

  close(): Promise<void> {
    this.#closing ??= (async () => {
      this.#stop.abort();
      this.#start();
      await this.#underWay;
      await this.#leave();
    })();
    return this.#closing;
  }

  async #joinUntilIn(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      try {
        if (await this.#joinOnce()) return;
      } catch (error) {
        this.#with.onTrouble(`the group ${this.#with.group} could not be joined; it is tried again`, error);
      }
      await this.#leave();
      await this.#wait(againMs);
    }
    throw new Error('the consumer was closed before it had joined its group');
  }

  /** Gives whether the group let us in. */
  async #joinOnce(): Promise<boolean> {
    const { client, topic, group, options } = this.#with;
    const consumer = createConsumer(client, group, options);
    this.#consumer = consumer;
    let isIn = false;
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      isIn = true;
      this.#assign(consumer, payload.memberAssignment[topic] ?? []);
    });
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      this.#with.onTrouble(`the member of ${group} stopped; it joins again`, payload.error);
      if (isIn && this.#consumer === consumer) void this.#joinAgain();
    });
    await consumer.connect();
    // A checkpoint that Kafka has removed the entries of is followed by the oldest there are, and by no means the newest.
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      eachBatch: (payload) => this.#handle(payload),
    });
    await this.#assigned;
    if (!this.#stop.signal.aborted) return isIn;
    // Closed meanwhile: this consumer was not there yet to be ended.
    await this.#disconnect(consumer);
    return false;
  }

  async #joinAgain(): Promise<void> {
    await this.#wait(againMs);
    // Closed in the meantime: nobody waits for it.
    await this.#joinUntilIn().catch(() => undefined);
  }

  /** Called inside of the client's joining, so that a start elsewhere is known to it before it fetches. */
  #assign(consumer: Consumer, partitions: readonly number[]): void {
    const { admin, topic, group } = this.#with;
    const seeks = this.#seeks;
    for (const partition of partitions) {
      const offset = seeks?.get(partition);
      if (offset !== undefined) consumer.seek({ topic, partition, offset: String(offset) });
    }
    this.#assigned = this.#insist(async () => {
      const kept = seeks ?? (await fetchKept(admin, topic, group));
      this.checkpoints.assign(new Map(partitions.map((partition) => [partition, kept.get(partition) ?? 0])));
    }).catch(() => undefined);
  }

  #handle(payload: EachBatchPayload): Promise<void> {
    // One after the other, even when a member that stopped has left its last call behind.
    const handled = Promise.all([this.#underWay, this.#started, this.#assigned]).then(() =>
      handleBatch(payload, { ...this.#with, checkpoints: this.checkpoints, stop: this.#stop.signal }),
    );
    this.#underWay = handled.catch(() => undefined);
    return handled;
  }

  /** A checkpoint can be taken back only in a group without members; one that was killed counts until its session ends. */
  async #refuseWhileOthersRun(): Promise<void> {
    const { admin, group } = this.#with;
    const end = performance.now() + 2 * sessionTimeoutMs;
    let members: number;
    do {
      const { groups } = await this.#insist(() => admin.describeGroups([group]));
      members = groups[0]?.members.length ?? 0;
      if (members === 0) return;
      await this.#wait(lookEveryMs);
    } while (performance.now() < end);
    throw new WellheadError('LOG_WRITE', `the checkpoint of ${group} is held by ${members} running members`, {
      hint: 'Stop every process that plays this role, then start again from an old offset.',
    });
  }

  async #keepStart(seeks: Offsets): Promise<void> {
    const { topic, group } = this.#with;
    try {
      await this.#consumer!.commitOffsets(
        [...seeks].map(([partition, offset]) => ({ topic, partition, offset: String(offset) })),
      );
    } catch (cause) {
      throw new WellheadError('LOG_WRITE', `the checkpoint of ${group} could not be kept`, { cause });
    }
  }

  /** Leaves the group, so that others get our partitions at once; without an answer they get them in seconds. */
  async #leave(): Promise<void> {
    const consumer = this.#consumer;
    this.#consumer = undefined;
    if (consumer !== undefined) await this.#disconnect(consumer);
  }

  async #disconnect(consumer: Consumer): Promise<void> {
    await Promise.race([
      consumer.disconnect().catch((error) => this.#with.onTrouble('a consumer did not end well', error)),
      pause(disconnectWithinMs, undefined, { ref: false }),
    ]);
  }

  async #insist<T>(ask: () => Promise<T>): Promise<T> {
    for (;;) {
      if (this.#stop.signal.aborted) throw new Error('the consumer was closed before it had caught up');
      try {
        return await ask();
      } catch (error) {
        this.#with.onTrouble('Kafka did not say where a group is; it is asked again', error);
        await this.#wait(againMs);
      }
    }
  }

  async #wait(ms: number): Promise<void> {
    // An aborted wait is over, as one that ran out is.
    await pause(ms, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }
}
