// Who may ask the cluster and when: one change after another, questions beside them, nothing after the end.
import { WellheadError } from '@wellhead/protocol';
import { wordsOf } from './retry-policy.ts';

export class Turns {
  readonly #asked = new Set<Promise<unknown>>();
  #lastChange: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  /** One change after another: each knows what the one before has done. */
  change<T>(change: () => Promise<T>): Promise<T> {
    if (this.#isClosed) return Promise.reject(closedError('STORE_WRITE'));
    const done = this.#lastChange.then(() => named('STORE_WRITE', 'the write failed', change));
    this.#lastChange = done.catch(() => undefined);
    return done;
  }

  ask<T>(question: () => Promise<T>): Promise<T> {
    if (this.#isClosed) return Promise.reject(closedError('STORE_QUERY'));
    const asked = named('STORE_QUERY', 'the query failed', question);
    this.#asked.add(asked);
    const done = () => this.#asked.delete(asked);
    asked.then(done, done);
    return asked;
  }

  /** Lets nobody in any more. */
  close(): void {
    this.#isClosed = true;
  }

  /** Resolves when what is under way has ended. */
  async ended(): Promise<void> {
    await this.#lastChange;
    while (this.#asked.size > 0) await Promise.allSettled(this.#asked);
  }
}

async function named<T>(
  code: 'STORE_WRITE' | 'STORE_QUERY',
  what: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof TypeError && code === 'STORE_WRITE') throw cause;
    const hint =
      'Look at the state of the Elasticsearch cluster. The log keeps all readings until it works again.';
    throw new WellheadError(code, `${what}: ${wordsOf(cause)}`, { cause, hint });
  }
}

function closedError(code: 'STORE_WRITE' | 'STORE_QUERY'): WellheadError {
  return new WellheadError(code, 'the store is closed');
}
