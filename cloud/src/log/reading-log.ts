/** One accepted batch as the log keeps it. */
export interface LogEntry {
  /** Place in the log; later entries have larger ones. */
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
}

export interface Consumption {
  /** Entries appended that this consumer has not handled yet. */
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
 * handler resolved; a consumer may be stopped, be behind, or start again from an old offset. Entries are
 * removed for room only when all consumers are past them, the stopped ones too.
 */
export interface ReadingLog {
  /** @throws WellheadError LOG_WRITE: whether the batch was kept is unknown, and it must be given again */
  append(batch: Uint8Array): Promise<void>;
  /**
   * Starts handing entries to `handle`, from the consumer's kept offset on (or from `from`). A consumer runs
   * once at a time.
   * @throws WellheadError LOG_WRITE when its place cannot be kept
   */
  consume(
    consumer: string,
    handle: (entries: readonly LogEntry[]) => Promise<void>,
    options: ConsumeOptions & { readonly from?: number },
  ): Promise<Consumption>;
  /** Offset of the next entry. */
  readonly next: number;
  /** Ends its consumers first; may be called twice. */
  close(): Promise<void>;
}
