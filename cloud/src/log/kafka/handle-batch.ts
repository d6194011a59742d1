// What came from one partition: handled in runs, in order, each kept before the next.
import { WellheadError } from '@wellhead/protocol';
import type { EachBatchPayload, KafkaMessage } from 'kafkajs';
import type { ConsumeOptions, LogEntry } from '../reading-log.ts';
import type { Checkpoints } from './checkpoints.ts';
import { slices } from './slices.ts';

export interface HandleBatchOptions {
  readonly handle: (entries: readonly LogEntry[]) => Promise<void>;
  readonly options: ConsumeOptions;
  readonly checkpoints: Checkpoints;
  readonly stop: AbortSignal;
  readonly onTrouble: (message: string) => void;
}

const retryMs = 1_000;
const beatEveryMs = 1_000;
const empty = new Uint8Array();

/**
 * Hands the messages of one fetch to the handler. What fails, or is not ours any more, is left unresolved: it is
 * fetched again from the kept checkpoint. After a failure only this partition rests, the others go on.
 */
export async function handleBatch(
  payload: EachBatchPayload,
  { handle, options, checkpoints, stop, onTrouble }: HandleBatchOptions,
): Promise<void> {
  const { batch, isRunning, isStale, resolveOffset, commitOffsetsIfNecessary, heartbeat } = payload;
  const { topic, partition } = batch;
  checkpoints.reaches(partition, Number(batch.highWatermark));
  for (const slice of slices(batch.messages, options.maxBytes)) {
    if (stop.aborted || !isRunning() || isStale()) return;
    const entries = slice.map((message) => entryOf(partition, message));
    const lost = checkpoints.comesTo(partition, entries[0]!.offset);
    if (lost > 0) {
      options.onLost?.(lost);
      onTrouble(`Kafka removed ${lost} entries of partition ${partition} before they were handled`);
    }
    const beat = keepBeating(heartbeat);
    try {
      await handle(entries);
    } catch (error) {
      options.onError(error);
      const resume = payload.pause();
      setTimeout(resume, retryMs).unref();
      return;
    } finally {
      beat.stop();
    }
    const last = entries.at(-1)!.offset;
    const offset = String(last + 1);
    try {
      await commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset }] }] });
    } catch (error) {
      if (!isRebalance(error)) {
        options.onError(
          new WellheadError('LOG_WRITE', 'the checkpoint of a consumer could not be kept', { cause: error }),
        );
      }
      throw error;
    }
    resolveOffset(String(last));
    checkpoints.handled(partition, last + 1);
    if (beat.failed !== undefined) throw beat.failed;
    await heartbeat();
  }
}

function entryOf(partition: number, { offset, timestamp, value }: KafkaMessage): LogEntry {
  return { partition, offset: Number(offset), storedAt: Number(timestamp), batch: value ?? empty };
}

/** Lets the group know that we live while a handler takes its time; keeps what the group answers for afterwards. */
function keepBeating(heartbeat: () => Promise<void>): { failed: Error | undefined; stop(): void } {
  const timer = setInterval(() => {
    heartbeat().catch((error: Error) => {
      beat.failed = error;
    });
  }, beatEveryMs);
  const beat = { failed: undefined as Error | undefined, stop: () => clearInterval(timer) };
  return beat;
}

function isRebalance(error: unknown): boolean {
  const { type } = error as { type?: string };
  return type === 'REBALANCE_IN_PROGRESS' || type === 'ILLEGAL_GENERATION' || type === 'UNKNOWN_MEMBER_ID';
}
