// The list of events, page by page, as long as somebody asks for more.
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { EventAnswer, EventsAnswer } from '../../../src/api/answer/answers.ts';
import { fetchAnswer } from './fetch-answer.ts';

const pageSize = 50;

export interface EventList {
  readonly events: readonly EventAnswer[] | undefined;
  /** Asks for older ones; undefined where there are none. */
  readonly more: (() => void) | undefined;
  readonly problem: string | undefined;
  readonly reload: () => void;
}

/** `path` names the filter. Newest first. */
export function useEventList(path: string): EventList {
  const [state, setState] = useState<{ path: string; events: readonly EventAnswer[]; next: string | null }>();
  const [problem, setProblem] = useState<string>();
  const [again, setAgain] = useState(0);

  const load = useCallback(
    async (cursor: string | null, before: readonly EventAnswer[], signal?: AbortSignal) => {
      const query = `limit=${pageSize}${cursor === null ? '' : `&cursor=${cursor}`}`;
      try {
        const answer = await fetchAnswer<EventsAnswer>(`${path}&${query}`, signal);
        setState({ path, events: [...before, ...answer.events], next: answer.next });
        setProblem(undefined);
      } catch (error) {
        if (!signal?.aborted) setProblem((error as Error).message);
      }
    },
    [path],
  );
  useEffect(() => {
    const stop = new AbortController();
    void load(null, [], stop.signal);
    return () => stop.abort();
  }, [load, again]);
  const reload = useCallback(() => setAgain((count) => count + 1), []);
  const mine = state?.path === path ? state : undefined;
  return {
    events: mine?.events,
    more: mine?.next ? () => void load(mine.next, mine.events) : undefined,
    problem,
    reload,
  };
}
