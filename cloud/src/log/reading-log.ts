/** One accepted batch as the log keeps it. */
export interface LogEntry {
  /** The part of the log it lies in; a log that is not shared out has only part 0. */
  readonly partition: number;
  /** Checkpoint in its partition; later entries have larger ones. */
  readonly offset: number;
  /** When the log made it durable: milliseconds since 1970, UTC. */
  readonly storedAt: number;
  /** The encoded batch, as `decodeBatch` reads it. */
  readonly batch: Uint8Array;
}

export interface ConsumeOptions {
  /** Gathers up to about this many bytes for one call of the handler. */
  readonly maxBytes: number;
  /** Entries wait up to this long for company, so that a trickle costs few calls. */
  readonly lingerMs: number;
  /** Called when the handler failed; the same entries come again after a wait. */
  readonly onError: (error: unknown) => void;
  /** Called when entries were removed before this consumer had handled them; only some logs can let that happen. */
  readonly onLost?: (entries: number) => void;
}

/** Where a consumer starts: the oldest entry, the first one stored at or after a time, or an offset in every partition. */
export type LogStart = 'beginning' | { readonly time: number } | number;

export interface Consumption {
  /** Entries appended that this consumer has not handled yet, in all partitions that are its to handle. */
  readonly lag: number;
  /** Resolves when everything appended before the call is handled; rejects when the consumer is closed first. */
  caughtUp(): Promise<void>;
  /** Waits for the handler under way; may be called twice. */
  close(): Promise<void>;
}

/**
 * The cloud's ordered, durable record of accepted batches.
 *
 * Promises: `append` resolves only after the batch is synced, and what was synced comes to every consumer at
 * least once, in order, whatever is killed. Each consumer has its own offset, kept by the log after its
 * handler resolved; a consumer may be stopped, be behind, or start again from an old offset.
 *
 * A log may be shared out in partitions: order then holds within each, and all batches of one gateway lie in one.
 * Consumers of the same name in several processes then share the partitions among themselves.
 */
export interface ReadingLog {
  /** @throws WellheadError LOG_WRITE: whether the batch was kept is unknown, and it must be given again */
  append(batch: Uint8Array): Promise<void>;
  /**
   * Starts handing entries of one partition at a time to `handle`, from the consumer's kept offset on (or from
   * `from`). Never calls it again before it settled. A consumer runs once at a time in a process.
   * @throws WellheadError LOG_WRITE when its checkpoint cannot be kept
   */
  consume(
    consumer: string,
    handle: (entries: readonly LogEntry[]) => Promise<void>,
    options: ConsumeOptions & { readonly from?: LogStart },
  ): Promise<Consumption>;
  /** Offset of the next entry, added up over the partitions. */
  readonly next: number;
  /** Ends its consumers first; may be called twice. */
  close(): Promise<void>;
}
