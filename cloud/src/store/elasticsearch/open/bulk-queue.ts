// Documents on their way to Elasticsearch, in requests of a size that it takes, until the fate of each is known.
import { type ItemAnswer, judgeItem, type Outcome } from './item-outcome.ts';
import { isPassingFailure, type RetryPolicy, statusOf, wordsOf } from './retry-policy.ts';

/** One document on its way: what to do with it, and the document, each a line of JSON. */
export interface BulkItem {
  readonly action: string;
  readonly source: string;
}

/** Sends one bulk request and gives the answer to each of its items, in order. */
export type SendBulk = (items: readonly BulkItem[]) => Promise<readonly ItemAnswer[]>;

export interface BulkLimits {
  /** Documents in one request. */
  readonly docs: number;
  /** Characters of one request, near enough to its bytes. A larger document goes alone. */
  readonly bytes: number;
  /** Requests under way at once. */
  readonly requests: number;
}

export const bulkLimits: BulkLimits = { docs: 2_000, bytes: 4 * 1024 ** 2, requests: 2 };

export interface BulkQueueOptions {
  readonly send: SendBulk;
  readonly retryPolicy: RetryPolicy;
  readonly limits: BulkLimits;
}

export class BulkFailed extends Error {}

/**
 * Delivers documents until the fate of each is known. What waits is not encoded yet, so no more is in memory than the
 * requests under way; a slow Elasticsearch makes `deliver` slow and nothing else.
 */
export class BulkQueue {
  readonly #options: BulkQueueOptions;

  constructor(options: BulkQueueOptions) {
    this.#options = options;
  }

  /**
   * @param encode is called once for each place from 0 to `count`, when its turn has come
   * @param settle hears what became of each place, in no certain order
   * @throws BulkFailed, after all requests under way have ended
   */
  async deliver(
    count: number,
    encode: (place: number) => BulkItem,
    settle: (place: number, outcome: Outcome) => void,
  ): Promise<void> {
    let next = 0;
    let failure: unknown;
    const takeChunk = (): Placed[] => {
      const chunk: Placed[] = [];
      const { docs, bytes } = this.#options.limits;
      for (let size = 0; next < count && chunk.length < docs && size < bytes; next++) {
        const item = encode(next);
        size += item.action.length + item.source.length;
        chunk.push({ place: next, item });
      }
      return chunk;
    };
    const lane = async () => {
      while (failure === undefined && next < count) {
        try {
          await this.#sendUntilSettled(takeChunk(), settle);
        } catch (error) {
          failure ??= error;
        }
      }
    };
    await Promise.all(Array.from({ length: this.#options.limits.requests }, lane));
    if (failure !== undefined) throw failure;
  }

  async #sendUntilSettled(
    chunk: readonly Placed[],
    settle: (place: number, outcome: Outcome) => void,
  ): Promise<void> {
    const pauses = this.#options.retryPolicy.pauses();
    let left = chunk;
    while (left.length > 0) {
      const answers = await this.#send(left);
      if (answers === 'too-much') {
        const half = Math.ceil(left.length / 2);
        await this.#sendUntilSettled(left.slice(0, half), settle);
        await this.#sendUntilSettled(left.slice(half), settle);
        return;
      }
      const waiting: Placed[] = [];
      let reason = 'no answer';
      for (const [i, one] of left.entries()) {
        const answer = typeof answers === 'string' ? undefined : answers[i];
        const verdict =
          answer === undefined ? { kind: 'later' as const, reason: String(answers) } : judgeItem(answer);
        if (verdict.kind === 'failed') throw new BulkFailed(verdict.reason);
        if (verdict.kind === 'later') {
          waiting.push(one);
          reason = verdict.reason;
        } else settle(one.place, verdict);
      }
      if (waiting.length > 0) {
        if (waiting.length < left.length) pauses.progress();
        await pauses.pause(reason);
      }
      left = waiting;
    }
  }

  /** The answers to all items; or that the request as a whole was too much; or why there was no answer. */
  async #send(
    chunk: readonly Placed[],
  ): Promise<readonly ItemAnswer[] | 'too-much' | `no answer: ${string}`> {
    try {
      const answers = await this.#options.send(chunk.map(({ item }) => item));
      if (answers.length !== chunk.length) return `no answer: ${answers.length} for ${chunk.length} items`;
      return answers;
    } catch (error) {
      if (isPassingFailure(error)) return `no answer: ${wordsOf(error)}`;
      const status = statusOf(error);
      if (status !== 400 && status !== 413) throw error;
      // One bad item can spoil the whole request: halve it until it is alone.
      if (chunk.length > 1) return 'too-much';
      return [{ status, error: { type: 'request', reason: wordsOf(error) } }];
    }
  }
}

interface Placed {
  readonly place: number;
  readonly item: BulkItem;
}
