// Hands the entries of a log to one consumer, in order and again until they are handled.
import type { ConsumeOptions, LogEntry } from '../reading-log.ts';

/** Where a consumer is: everything below is handled and kept. */
export interface Checkpoint {
  position: number;
}

export interface Source {
  /** Offset of the next entry of the log. */
  end(): number;
  /** Entries of `[from, end)` in order, at least one if there is any. */
  read(from: number, end: number, maxBytes: number): Promise<LogEntry[]>;
  keep(position: number): Promise<void>;
  readonly wait: Wait;
}

/** Resolves after the time, or at once when the signal aborts. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

export interface ConsumerRun {
  start(): void;
  /** Says that there may be new entries. */
  wake(): void;
  /** Resolves when the checkpoint is at `offset` or beyond. */
  past(offset: number): Promise<void>;
  close(): Promise<void>;
}

const retryMs = 1_000;

export function runConsumer(
  source: Source,
  checkpoint: Checkpoint,
  handle: (entries: readonly LogEntry[]) => Promise<void>,
  options: ConsumeOptions,
): ConsumerRun {
  const stop = new AbortController();
  const { signal } = stop;
  let waiting: { offset: number; resolve: () => void; reject: (error: Error) => void }[] = [];
  let wake: () => void = () => undefined;
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    while (!signal.aborted) {
      const end = source.end();
      if (checkpoint.position >= end) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        if (options.lingerMs > 0 && !signal.aborted) await source.wait(options.lingerMs, signal);
        continue;
      }
      try {
        const entries = await source.read(checkpoint.position, end, options.maxBytes);
        if (signal.aborted) return;
        if (entries.length > 0) await handle(entries);
        const position = entries.length > 0 ? entries.at(-1)!.offset + 1 : end;
        await source.keep(position);
        checkpoint.position = position;
        settle();
      } catch (error) {
        options.onError(error);
        await source.wait(retryMs, signal);
      }
    }
  }

  function settle(): void {
    for (const { offset, resolve } of waiting) if (offset <= checkpoint.position) resolve();
    waiting = waiting.filter(({ offset }) => offset > checkpoint.position);
  }

  return {
    start() {
      running = run();
    },
    wake: () => wake(),
    past(offset) {
      if (checkpoint.position >= offset) return Promise.resolve();
      if (signal.aborted) return Promise.reject(new Error('the consumer is closed'));
      return new Promise((resolve, reject) => waiting.push({ offset, resolve, reject }));
    },
    async close() {
      stop.abort();
      wake();
      await running;
      const left = waiting;
      waiting = [];
      for (const { reject } of left) reject(new Error('the consumer was closed before it had caught up'));
    },
  };
}

export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
  });
}
