// Waiting for a cluster that is slow, overloaded or gone, for as long as it takes or until the store closes.
import { type RetryPlan, retryDelays } from '@wellhead/protocol';
import { isPassing } from './item-outcome.ts';

export interface RetryPolicyOptions {
  /** Resolves after a time, or rejects as soon as the signal is aborted. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly random: () => number;
  /** Told of each failure that is waited out. */
  readonly onTrouble: (trouble: { readonly reason: string; readonly retryInMs: number }) => void;
}

const plan: RetryPlan = { firstMs: 200, maxMs: 30_000 };

/** Goes on for as long as it takes: an hour without Elasticsearch only makes a write take an hour longer. */
export class RetryPolicy {
  readonly #options: RetryPolicyOptions;
  readonly #closing = new AbortController();

  constructor(options: RetryPolicyOptions) {
    this.#options = options;
  }

  /** Lets nobody wait any longer; what is under way may still end well. */
  end(): void {
    this.#closing.abort(new Error('the store is closing'));
  }

  /** Does something again until it ends otherwise than in a failure that passes. */
  async insist<T>(attempt: () => Promise<T>): Promise<T> {
    const pauses = this.pauses();
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        if (!isPassingFailure(error)) throw error;
        await pauses.pause(wordsOf(error));
      }
    }
  }

  /** A row of pauses, each longer than the last until there was progress. */
  pauses(): { pause(reason: string): Promise<void>; progress(): void } {
    let delays = retryDelays(plan, this.#options.random);
    return {
      pause: (reason) => {
        const retryInMs = delays.next().value;
        this.#closing.signal.throwIfAborted();
        this.#options.onTrouble({ reason, retryInMs });
        return this.#options.wait(retryInMs, this.#closing.signal);
      },
      progress: () => {
        delays = retryDelays(plan, this.#options.random);
      },
    };
  }
}

/** Says that an answer was incomplete (a shard that is not there yet, say) and has to be asked for again. */
export class PassingFailure extends Error {}

const passingNames = new Set([
  'ConnectionError',
  'TimeoutError',
  'NoLivingConnectionsError',
  // An answer that broke off in the middle.
  'DeserializationError',
]);

export function isPassingFailure(error: unknown): boolean {
  if (error instanceof PassingFailure) return true;
  if (!(error instanceof Error)) return false;
  const status = statusOf(error);
  return status === undefined ? passingNames.has(error.name) : isPassing(status);
}

/** The HTTP status of the client's error, where there was an answer. */
export function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || error.name !== 'ResponseError') return undefined;
  const { statusCode } = error as Error & { statusCode?: unknown };
  return typeof statusCode === 'number' ? statusCode : undefined;
}

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}
