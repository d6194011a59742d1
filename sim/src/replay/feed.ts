// Readings one at a time for whoever sends them, who can be called away from any wait.

/** The taking side of a source of readings, for one taker, that a signal can call away from any wait. */
export interface Feed<R> {
  /** The next reading; undefined when there is none, the source failed, or the signal was aborted. */
  next(): Promise<R | undefined>;
  /** Waits for `wake` or the signal. */
  sleep(): Promise<void>;
  wake(): void;
  /** Throws what the source threw, if it did. */
  rethrow(): void;
}

/** One waiter at a time, so that a long run leaves nothing behind on the signal: no listener per reading. */
export function createFeed<R>(source: AsyncIterable<R> | Iterable<R>, signal: AbortSignal): Feed<R> {
  const iterator =
    Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  let failure: { readonly error: unknown } | undefined;
  let sleeper: (() => void) | undefined;
  let callAway: (() => void) | undefined;

  const wake = () => {
    const waiting = sleeper;
    sleeper = undefined;
    waiting?.();
  };
  const close = () => {
    wake();
    callAway?.();
    // A generator that is held up in a wait of its own closes when that is over; nobody needs to wait for it.
    Promise.resolve(iterator.return?.()).catch(fail);
  };
  const fail = (error: unknown) => {
    failure ??= { error };
  };
  if (signal.aborted) close();
  else signal.addEventListener('abort', close, { once: true });

  return {
    next: async () => {
      if (signal.aborted) return undefined;
      try {
        const step = iterator.next();
        const result = step instanceof Promise ? await orAborted(step) : step;
        return result === undefined || result.done ? undefined : result.value;
      } catch (error) {
        fail(error);
        return undefined;
      }
    },
    sleep: () =>
      new Promise((resolve) => {
        if (signal.aborted) resolve();
        else sleeper = resolve;
      }),
    wake,
    rethrow: () => {
      if (failure !== undefined) throw failure.error;
    },
  };

  function orAborted<T>(step: Promise<T>): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      callAway = () => resolve(undefined);
      step.then(resolve, reject);
    });
  }
}
