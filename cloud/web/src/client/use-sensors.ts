// What there is: sensors, sites and newest readings, asked for now and then and kept up by the live stream.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type {
  LatestAnswer,
  SensorAnswer,
  SensorsAnswer,
  SiteAnswer,
  SitesAnswer,
  StoredReading,
} from '../../../src/api/answer/answers.ts';
import { fetchAnswer } from './fetch-answer.ts';

const pollMs = 30_000;
/** While nothing is there at all, somebody waits before the page. */
const firstPollMs = 3_000;
/** A burst of readings asks once. */
const refreshDelayMs = 1_500;
/** A list of thousands of sensors takes its time: the page spends at most a tenth of it on asking. */
const restFactor = 10;

export interface Overview {
  readonly sensors: readonly SensorAnswer[];
  readonly sites: readonly SiteAnswer[];
  /** Newest reading by `site/sensor`. */
  readonly newest: ReadonlyMap<string, StoredReading>;
  /** The cloud's clock less the browser's. */
  readonly clockOffsetMs: number;
}

export interface Sensors {
  readonly overview: Overview | undefined;
  readonly problem: string | undefined;
  /** `then` is called once the list has been asked for after this call, and came. */
  readonly refreshSoon: (then?: () => void) => void;
  readonly note: (readings: readonly StoredReading[]) => void;
}

export function sensorKey({ site, sensor }: { readonly site: string; readonly sensor: string }): string {
  return `${site}/${sensor}`;
}

/** `site`: only its sensors are asked for; a page of charts needs no others. */
export function useSensors(site: string | undefined): Sensors {
  const [state, setState] = useState<{ of: string | undefined; overview: Overview }>();
  // A list of one site is not shown as the whole fleet; the whole fleet holds each site.
  const overview =
    state !== undefined && (state.of === undefined || state.of === site) ? state.overview : undefined;
  const [problem, setProblem] = useState<string>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const dueAt = useRef(Number.POSITIVE_INFINITY);
  const tookMs = useRef(0);
  const current = useRef(site);
  current.current = site;
  const refresh = useRef(async () => undefined as unknown);
  const waiting = useRef(new Set<() => void>());

  const refreshIn = useCallback((delayMs: number) => {
    const wanted = Date.now() + Math.max(delayMs, tookMs.current * restFactor);
    if (wanted >= dueAt.current) return;
    dueAt.current = wanted;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void refresh.current(), wanted - Date.now());
  }, []);

  refresh.current = async () => {
    dueAt.current = Number.POSITIVE_INFINITY;
    const started = performance.now();
    const mine = [...waiting.current];
    const only = site === undefined ? '' : `?${new URLSearchParams({ site })}`;
    const update = (change: (before: Overview | undefined) => Overview | undefined) =>
      setState((before) => {
        const after = change(before?.of === site ? before?.overview : undefined);
        return after === undefined ? before : { of: site, overview: after };
      });
    try {
      const [{ sensors, now }, { sites }] = await Promise.all([
        fetchAnswer<SensorsAnswer>(`/api/v1/sensors${only}`),
        fetchAnswer<SitesAnswer>('/api/v1/sites'),
      ]);
      const clockOffsetMs = Date.parse(now) - Date.now();
      // Shown before the newest readings are there: the list is what people wait for.
      if (current.current !== site) return;
      update((before) => ({ sensors, sites, clockOffsetMs, newest: before?.newest ?? new Map() }));
      const { readings } = await fetchAnswer<LatestAnswer>(`/api/v1/latest${only}`);
      if (current.current !== site) return;
      update((before) => before && { ...before, newest: newestOf(before.newest, readings) });
      setProblem(undefined);
      for (const then of mine) {
        waiting.current.delete(then);
        then();
      }
    } catch (error) {
      setProblem((error as Error).message);
    }
    tookMs.current = performance.now() - started;
    refreshIn(overview === undefined ? firstPollMs : pollMs);
  };
  const refreshSoon = useCallback(
    (then?: () => void) => {
      if (then !== undefined) waiting.current.add(then);
      refreshIn(refreshDelayMs);
    },
    [refreshIn],
  );
  const note = useCallback((readings: readonly StoredReading[]) => {
    setState(
      (before) =>
        before && {
          ...before,
          overview: { ...before.overview, newest: newestOf(before.overview.newest, readings) },
        },
    );
  }, []);

  useEffect(() => {
    void refresh.current();
    return () => clearTimeout(timer.current);
  }, [site]);
  return { overview, problem, refreshSoon, note };
}

function newestOf(
  before: ReadonlyMap<string, StoredReading>,
  readings: readonly StoredReading[],
): ReadonlyMap<string, StoredReading> {
  const newest = new Map(before);
  for (const reading of readings) {
    const held = newest.get(sensorKey(reading));
    if (held === undefined || reading.measuredAt >= held.measuredAt) newest.set(sensorKey(reading), reading);
  }
  return newest;
}
