// The cloud's counters, asked again and again, and how fast they grow.
import { useEffect, useRef } from 'preact/hooks';
import { fetchText } from '../../client/fetch-answer.ts';
import { type Answer, useAnswer } from '../../client/use-answer.ts';
import { readHelp, readMetrics, type Sample, sampleOf } from './read-metrics.ts';

const everyMs = 5_000;

export interface Metrics {
  readonly samples: readonly Sample[];
  readonly help: ReadonlyMap<string, string>;
  /** When they were read: milliseconds since 1970. */
  readonly at: number;
}

export interface Watched extends Answer<Metrics> {
  /** Growth of a counter a second since the page first read it; undefined before the second time. */
  readonly rate: (name: string) => number | undefined;
}

export function useMetrics(): Watched {
  const answer = useAnswer<Metrics>('/metrics', {
    everyMs,
    load: async (path) => {
      const text = await fetchText(path);
      return { samples: readMetrics(text), help: readHelp(text), at: Date.now() };
    },
  });
  const before = useRef<Metrics>(undefined);
  const previous = useRef<Metrics>(undefined);
  const { data } = answer;
  useEffect(() => {
    before.current = previous.current;
    previous.current = data;
  }, [data]);
  const rate = (name: string) => {
    const old =
      before.current === data ? undefined : previous.current === data ? before.current : previous.current;
    if (data === undefined || old === undefined || data.at === old.at) return undefined;
    const grown = (sampleOf(data.samples, name) ?? 0) - (sampleOf(old.samples, name) ?? 0);
    // A counter that went back was started again.
    return grown < 0 ? undefined : grown / ((data.at - old.at) / 1000);
  };
  return { ...answer, rate };
}
