// What there is: sensors, sites and newest readings, asked for now and then and kept up by the live stream.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type {
  LatestAnswer,
  SensorAnswer,
  SensorsAnswer,
  SiteAnswer,
  SitesAnswer,
} from '../../../src/api/answers.ts';
import type { StoredReading } from '../../../src/store/reading-store.ts';
import { fetchAnswer } from './fetch-answer.ts';

const pollMs = 30_000;
/** A burst of readings asks once. */
const refreshDelayMs = 1_500;

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
  readonly refreshSoon: () => void;
  readonly note: (readings: readonly StoredReading[]) => void;
}

export function sensorKey({ site, sensor }: { readonly site: string; readonly sensor: string }): string {
  return `${site}/${sensor}`;
}

export function useSensors(): Sensors {
  const [overview, setOverview] = useState<Overview>();
  const [problem, setProblem] = useState<string>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const refresh = useCallback(async () => {
    try {
      const loaded = await loadOverview();
      setOverview((before) => ({ ...loaded, newest: newestOf(before?.newest, [...loaded.newest.values()]) }));
      setProblem(undefined);
    } catch (error) {
      setProblem((error as Error).message);
    }
  }, []);
  const refreshSoon = useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void refresh();
    }, refreshDelayMs);
  }, [refresh]);
  const note = useCallback((readings: readonly StoredReading[]) => {
    setOverview((before) => before && { ...before, newest: newestOf(before.newest, readings) });
  }, []);

  useEffect(() => {
    void refresh();
    const poll = setInterval(() => void refresh(), pollMs);
    return () => {
      clearInterval(poll);
      clearTimeout(timer.current);
    };
  }, [refresh]);
  return { overview, problem, refreshSoon, note };
}

async function loadOverview(): Promise<Overview> {
  const [{ sensors, now }, { sites }, { readings }] = await Promise.all([
    fetchAnswer<SensorsAnswer>('/api/v1/sensors'),
    fetchAnswer<SitesAnswer>('/api/v1/sites'),
    fetchAnswer<LatestAnswer>('/api/v1/latest'),
  ]);
  return {
    sensors,
    sites,
    newest: newestOf(undefined, readings),
    clockOffsetMs: Date.parse(now) - Date.now(),
  };
}

function newestOf(
  before: ReadonlyMap<string, StoredReading> | undefined,
  readings: readonly StoredReading[],
): ReadonlyMap<string, StoredReading> {
  const newest = new Map(before);
  for (const reading of readings) {
    const held = newest.get(sensorKey(reading));
    if (held === undefined || reading.measuredAt >= held.measuredAt) newest.set(sensorKey(reading), reading);
  }
  return newest;
}
