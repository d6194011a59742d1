// The readings of all sensors on show and one range, loaded once and then kept up by the live stream.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { SensorAnswer, StoredReading } from '../../../src/api/answer/answers.ts';
import type { LiveHub } from '../client/live-hub.ts';
import { type Loaded, loadReadings } from '../client/load-readings.ts';
import { sensorKey } from '../client/use-sensors.ts';
import { boundsOf, type Range } from '../page/page-address.ts';
import { extendLoaded, type LoadedCharts } from './extend-loaded.ts';

/** Arrivals kept while a range is on its way; what is beyond comes with the next loading. */
const maxWaiting = 5_000;

/** A backlog that fills a thinned range draws it anew about so often. */
const thinAgainMs = 3_000;

export interface Charts {
  readonly loaded: LoadedCharts | undefined;
  readonly isLoading: boolean;
  readonly problem: string | undefined;
  readonly reload: () => void;
}

export function useCharts(sensors: readonly SensorAnswer[], range: Range, live: LiveHub): Charts {
  const [state, setState] = useState<{ of: string; range: Range; loaded: LoadedCharts }>();
  const [problem, setProblem] = useState<string>();
  const [isLoading, setLoading] = useState(false);
  const [again, setAgain] = useState(0);
  const reload = useCallback(() => setAgain((count) => count + 1), []);
  const current = useRef(sensors);
  current.current = sensors;
  const waiting = useRef<StoredReading[]>([]);
  // Counts of readings change with every arrival; only a sensor that comes or begins is loaded anew.
  const key = sensors.map((sensor) => `${sensorKey(sensor)}${sensor.readings > 0 ? '' : '?'}`).join();

  useEffect(() => {
    const asked = current.current.filter(({ readings }) => readings > 0);
    const life = lifeOf(asked);
    if (life === undefined) {
      setState(undefined);
      return;
    }
    const bounds = boundsOf(range, life.from, life.to - 1);
    const stop = new AbortController();
    setLoading(true);
    // What is there already is moved and scaled at once; the finer grain follows.
    setState((before) => before && { ...before, range, loaded: { ...before.loaded, bounds } });
    waiting.current = [];
    loadAll(asked, bounds, stop.signal).then(
      (bySensor) => {
        setProblem(undefined);
        setLoading(false);
        // What arrived while the range was on its way may be in both: the merge takes each key once.
        const loaded = extendLoaded({ bounds, bySensor, isStale: false }, waiting.current.splice(0), range);
        setState({ of: key, range, loaded });
      },
      (error: Error) => {
        if (stop.signal.aborted) return;
        setProblem(error.message);
        setLoading(false);
      },
    );
    return () => stop.abort();
  }, [key, range, again]);

  useEffect(
    () =>
      live.subscribe({
        onReadings: (arrived) => {
          waiting.current = [...waiting.current, ...arrived].slice(-maxWaiting);
          setState((before) => {
            if (before === undefined) return before;
            const loaded = extendLoaded(before.loaded, arrived, before.range);
            return loaded === before.loaded ? before : { ...before, loaded };
          });
        },
        onBehind: reload,
      }),
    [live, reload],
  );
  const isStale = state?.loaded.isStale === true;
  useEffect(() => {
    if (!isStale) return;
    const timer = setTimeout(reload, thinAgainMs);
    return () => clearTimeout(timer);
  }, [isStale, reload]);
  // Charts of other sensors must not stand under these names.
  return { loaded: state?.of === key ? state.loaded : undefined, isLoading, problem, reload };
}

/** From the first reading of any to just after the last of all. */
export function lifeOf(sensors: readonly SensorAnswer[]): { from: number; to: number } | undefined {
  const firsts = sensors.flatMap(({ firstMeasuredAt }) =>
    firstMeasuredAt === null ? [] : [Date.parse(firstMeasuredAt)],
  );
  const lasts = sensors.flatMap(({ lastMeasuredAt }) =>
    lastMeasuredAt === null ? [] : [Date.parse(lastMeasuredAt)],
  );
  if (firsts.length === 0) return undefined;
  return { from: Math.min(...firsts), to: Math.max(...lasts) + 1 };
}

async function loadAll(
  sensors: readonly SensorAnswer[],
  { from, to }: { readonly from: number; readonly to: number },
  signal: AbortSignal,
): Promise<Map<string, Loaded>> {
  const loaded = await Promise.all(
    sensors.map(
      async (sensor) => [sensorKey(sensor), await loadReadings(sensor, { from, to, signal })] as const,
    ),
  );
  return new Map(loaded);
}
