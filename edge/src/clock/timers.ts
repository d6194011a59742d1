// Waiting, brought in from outside, so that a test of a month of polling takes no time.

/** What drivers wait with. */
export interface Timers {
  /** Milliseconds that only ever go forward, whatever happens to the clock. */
  readonly uptime: () => number;
  /** Runs once, later; what it returns takes it back. */
  readonly after: (ms: number, run: () => void) => () => void;
}

export const realTimers: Timers = {
  uptime: () => performance.now(),
  // A loop that was held up runs its late timers before it reads what came meanwhile: an answer that lies ready
  // would be taken for none. One turn later it has been read.
  after: (ms, run) => {
    let turn: NodeJS.Immediate | undefined;
    const timer = setTimeout(() => {
      turn = setImmediate(run);
    }, ms);
    return () => {
      clearTimeout(timer);
      clearImmediate(turn);
    };
  },
};

/** Resolves after the time, or at once when the signal aborts: what to do then is the caller's to see. */
export function pause(timers: Timers, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const end = () => {
      cancel();
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const cancel = timers.after(ms, end);
    signal?.addEventListener('abort', end);
  });
}

/** A signal that aborts with this reason after the time, or with the outer signal's. `done` takes it back. */
export function deadline(
  timers: Timers,
  ms: number,
  reason: string,
  outer?: AbortSignal,
): { readonly signal: AbortSignal; done(): void } {
  const abort = new AbortController();
  const follow = () => abort.abort(outer!.reason);
  const cancel = timers.after(ms, () => abort.abort(new Error(reason)));
  if (outer?.aborted) follow();
  else outer?.addEventListener('abort', follow);
  return {
    signal: abort.signal,
    done() {
      cancel();
      outer?.removeEventListener('abort', follow);
    },
  };
}
