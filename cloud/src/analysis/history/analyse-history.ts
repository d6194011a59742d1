// The same analysis over any span of history, at one go.
import type { FoundEvent } from '../../event/stored-event.ts';
import type { ReadingStore, SensorSummary } from '../../store/reading-store.ts';
import { inLanes } from '../round/in-lanes.ts';
import { lastTimely } from '../round/last-timely.ts';
import type { QuarterEvents, SensorAnalysis } from '../round/sensor-analysis.ts';
import { quarterOf } from '../worker/quarter.ts';

export interface HistoryOptions {
  readonly store: ReadingStore;
  readonly sensors: SensorAnalysis;
  readonly lanes: number;
  /** Half-open; whole quarters are looked at. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly site?: string | undefined;
  readonly sensor?: string | undefined;
  /** Takes what was found in one quarter at one site, and gives what is told of it. */
  readonly take: (
    looked: readonly QuarterEvents[],
    sensors: readonly SensorSummary[],
  ) => Promise<readonly FoundEvent[]>;
  /** Sensors and quarters that are done, and how many there are. */
  readonly onProgress: (done: number, total: number) => void;
}

/**
 * Looks at each sensor in each quarter that it has readings in, site by site; gives what `take` gives.
 * @throws WellheadError STORE_QUERY, STORE_WRITE
 */
export async function* analyseHistory(options: HistoryOptions): AsyncGenerator<readonly FoundEvent[]> {
  const { store, sensors, lanes, site, sensor, take, onProgress } = options;
  const summaries = await store.sensors();
  const wanted = summaries
    .filter(
      (one) => (site === undefined || one.site === site) && (sensor === undefined || one.sensor === sensor),
    )
    .map((summary) => ({ summary, quarters: quartersOf(summary, options) }));
  const total = wanted.reduce((sum, one) => sum + one.quarters.length, 0);
  let done = 0;
  onProgress(done, total);
  for (const name of new Set(wanted.map((one) => one.summary.site))) {
    const own = wanted.filter((one) => one.summary.site === name);
    const quarters = new Set(own.flatMap((one) => one.quarters));
    for (const quarter of [...quarters].sort((a, b) => a - b)) {
      const looked: QuarterEvents[] = [];
      const there = own.filter((one) => one.quarters.includes(quarter));
      await inLanes(there, lanes, async ({ summary }) => {
        const found = await sensors.look({ sensor: summary, quarter, keep: false });
        if (found !== undefined) looked.push(found);
        onProgress(++done, total);
      });
      yield await take(looked, summaries);
    }
  }
}

function quartersOf(summary: SensorSummary, { from, to }: HistoryOptions): number[] {
  const first = Math.max(summary.firstMeasuredAt, from ?? Number.NEGATIVE_INFINITY);
  const last = Math.min(lastTimely(summary), to === undefined ? Number.POSITIVE_INFINITY : to - 1);
  const quarters: number[] = [];
  for (let q = quarterOf(first); first <= last && q <= quarterOf(last); q++) quarters.push(q);
  return quarters;
}
