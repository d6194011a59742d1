// The readings of the chosen sensor and range, loaded once and then kept up by the live stream.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { SensorAnswer } from '../../../src/api/answers.ts';
import type { StoredReading } from '../../../src/store/reading-store.ts';
import { type Loaded, loadReadings } from './load-readings.ts';
import { mergeReadings } from './merge-readings.ts';
import { boundsOf, type Range } from './page-address.ts';
import { sensorKey } from './use-sensors.ts';

export interface Readings {
  readonly loaded: Loaded | undefined;
  readonly isLoading: boolean;
  readonly problem: string | undefined;
  readonly add: (arrived: readonly StoredReading[]) => void;
  readonly reload: () => void;
}

export function useReadings(sensor: SensorAnswer | undefined, range: Range): Readings {
  const [loaded, setLoaded] = useState<Loaded>();
  const [problem, setProblem] = useState<string>();
  const [isLoading, setLoading] = useState(false);
  const [again, setAgain] = useState(0);
  const newest = useRef(sensor);
  newest.current = sensor;
  const arrivedMeanwhile = useRef<StoredReading[]>([]);
  const key = sensor === undefined ? undefined : sensorKey(sensor);
  const hasReadings = sensor !== undefined && sensor.readings > 0;

  useEffect(() => {
    const asked = newest.current;
    if (asked?.firstMeasuredAt == null || asked.lastMeasuredAt === null) {
      setLoaded(undefined);
      return;
    }
    const { from, to } = boundsOf(range, Date.parse(asked.firstMeasuredAt), Date.parse(asked.lastMeasuredAt));
    const stop = new AbortController();
    setLoading(true);
    loadReadings(asked, { from, to, signal: stop.signal }).then(
      (answer) => {
        setProblem(undefined);
        setLoading(false);
        // What arrived while the range was on its way may be in both: the merge takes each key once.
        setLoaded(extend(answer, arrivedMeanwhile.current.splice(0), range));
      },
      (error: Error) => {
        if (stop.signal.aborted) return;
        setProblem(error.message);
        setLoading(false);
      },
    );
    return () => stop.abort();
  }, [key, hasReadings, range, again]);

  // Another sensor: the charts of the one before must not stand under its name.
  useEffect(() => {
    arrivedMeanwhile.current = [];
    return () => setLoaded(undefined);
  }, [key]);

  const add = useCallback(
    (arrived: readonly StoredReading[]) => {
      const mine = arrived.filter((reading) => sensorKey(reading) === key);
      if (mine.length === 0) return;
      arrivedMeanwhile.current = [...arrivedMeanwhile.current, ...mine].slice(-5_000);
      setLoaded((before) => before && extend(before, mine, range));
    },
    [key, range],
  );
  const reload = useCallback(() => setAgain((count) => count + 1), []);
  return { loaded, isLoading, problem, add, reload };
}

/** A named range slides with the newest reading; a fixed one takes only what lies in it. */
function extend(before: Loaded, arrived: readonly StoredReading[], range: Range): Loaded {
  if (arrived.length === 0) return before;
  if (!('name' in range)) {
    const inside = arrived.filter(({ measuredAt }) => isIn(Date.parse(measuredAt), before.from, before.to));
    return { ...before, readings: mergeReadings(before.readings, inside) };
  }
  const merged = mergeReadings(before.readings, arrived);
  const oldest = merged[0];
  const last = merged.at(-1);
  if (oldest === undefined || last === undefined) return before;
  const to = Math.max(before.to, Date.parse(last.measuredAt) + 1);
  const slid = before.from + (to - before.to);
  const from = before.isPart ? slid : boundsOf(range, Date.parse(oldest.measuredAt), to - 1).from;
  return { ...before, from, to, readings: merged.filter(({ measuredAt }) => Date.parse(measuredAt) >= from) };
}

function isIn(time: number, from: number, to: number): boolean {
  return time >= from && time < to;
}
