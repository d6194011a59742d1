// One answer of the API, asked for again when its address changes and as often as it is worth.
import { useCallback, useEffect, useState } from 'preact/hooks';
import { AnswerError, fetchAnswer } from './fetch-answer.ts';

export interface Answer<T> {
  readonly data: T | undefined;
  readonly problem: string | undefined;
  /** The API has no such route or thing: whatever shows it hides itself. */
  readonly isAbsent: boolean;
  readonly reload: () => void;
}

export interface AnswerOptions<T> {
  /** Asks again so often; left out: only when told to. */
  readonly everyMs?: number;
  /** Instead of one GET. */
  readonly load?: (path: string, signal: AbortSignal) => Promise<T>;
}

/** `undefined` as path asks nothing. What was there stays while the same path is asked again. */
export function useAnswer<T>(path: string | undefined, options: AnswerOptions<T> = {}): Answer<T> {
  const { everyMs, load = fetchAnswer<T> } = options;
  const [state, setState] = useState<{ path?: string | undefined; data?: T; error?: Error }>({});
  const [again, setAgain] = useState(0);

  useEffect(() => {
    if (path === undefined) return;
    const stop = new AbortController();
    load(path, stop.signal).then(
      (data) => setState({ path, data }),
      (error: Error) => {
        if (stop.signal.aborted) return;
        setState((before) => (before.path === path ? { ...before, error } : { path, error }));
      },
    );
    return () => stop.abort();
  }, [path, again]);
  const reload = useCallback(() => setAgain((count) => count + 1), []);
  useEffect(() => {
    if (everyMs === undefined) return;
    const timer = setInterval(reload, everyMs);
    return () => clearInterval(timer);
  }, [everyMs, reload]);

  const mine = state.path === path ? state : {};
  const isAbsent = mine.error instanceof AnswerError && mine.error.status === 404;
  return { data: mine.data, problem: isAbsent ? undefined : mine.error?.message, isAbsent, reload };
}
