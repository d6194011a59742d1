// Starts the analysis of what comes through the log.
import { setTimeout as pause } from 'node:timers/promises';
import { dayMs, type SensorType, type Site } from '@wellhead/protocol';
import type { CloudMeters } from '../../health/meters.ts';
import type { Consumption, LogEntry, ReadingLog } from '../../log/reading-log.ts';
import type { ReadingStore } from '../../store/reading-store.ts';
import { DetectorPool } from '../worker/detector-pool.ts';
import { quarterOf } from '../worker/quarter.ts';
import { isStored, marksOf, type SensorMark } from './changed-sensors.ts';
import { Judgements } from './judgements.ts';
import { type Occasion, runRound } from './round.ts';
import { SensorAnalysis } from './sensor-analysis.ts';
import { SiteAnalysis } from './site-analysis.ts';

export interface AnalysisSettings {
  /** Time from the first new reading to the round that looks at it, ms. */
  readonly every: number;
  readonly workers: number;
  readonly alarmsPerYear: number;
  readonly detectors: number;
}

export interface AnalysisOptions {
  readonly log: ReadingLog;
  readonly store: ReadingStore;
  readonly types: ReadonlyMap<string, SensorType>;
  readonly sites: ReadonlyMap<string, Site>;
  readonly settings: AnalysisSettings;
  readonly now: () => number;
  readonly meters: CloudMeters;
  readonly onTrouble: (message: string, facts: object) => void;
}

/** Entries of one round: what comes by then while a borehole network of thousands is back-filled, in parts. */
const roundBytes = 8 * 1024 ** 2;
/** The store may be a little behind the log; what is not there by then comes with a later round of its sensor. */
const storedWithinMs = 30_000;
const lookEveryMs = 250;
/** What was said so long before the start is looked at again: the program may have been away meanwhile. */
const saidBeforeMs = 7 * dayMs;
/** Clocks of those who say something may differ by so much. */
const clocksMs = 60_000;

/**
 * One consumer of the log. Its place moves on after a round is written, so a round that was cut short comes again, and
 * finds the same events.
 */
export async function startAnalysis(options: AnalysisOptions): Promise<Consumption> {
  const { log, store, types, sites: siteFiles, settings, now, meters, onTrouble } = options;
  const pool = new DetectorPool(settings.workers);
  const judgements = new Judgements(store.events);
  const sensors = new SensorAnalysis({
    store,
    types,
    sites: siteFiles,
    pool,
    judgements,
    onTrouble,
    alarmsPerYear: settings.alarmsPerYear,
    detectors: settings.detectors,
    count: meters.add,
  });
  const parts = { store, sensors, sites: new SiteAnalysis(store.events), now, lanes: settings.workers + 2 };
  const stop = new AbortController();
  let said = now() - saidBeforeMs;
  let open = 0;

  async function handle(entries: readonly LogEntry[]): Promise<void> {
    const startedAt = performance.now();
    const changedSensors = marksOf(entries);
    await untilStored(changedSensors);
    const heardAt = now();
    const occasions = await occasionsOf(changedSensors);
    const round = await runRound(occasions, parts);
    said = heardAt - clocksMs;
    open = round.open;
    meters.add('analysis_rounds_total');
    meters.add('analysis_round_seconds_total', (performance.now() - startedAt) / 1000);
    meters.add('analysis_events_changed_total', round.changed.length);
  }

  /** Sensors with new readings, and those of whose events somebody has said something. */
  async function occasionsOf(changedSensors: ReadonlyMap<string, SensorMark>): Promise<Occasion[]> {
    const occasions = new Map<string, Occasion>();
    for (const [key, mark] of changedSensors)
      occasions.set(key, { site: mark.site, sensor: mark.sensor, mark });
    for (const { event: id } of await store.events.feedback({ since: said })) {
      const event = await store.events.get(id);
      for (const sensor of event?.sensors ?? []) {
        const { site, start } = event!;
        judgements.forget(site, sensor);
        const key = `${site}/${sensor}`;
        const known = occasions.get(key);
        const since = Math.min(quarterOf(start), known?.since ?? Number.POSITIVE_INFINITY);
        occasions.set(key, { site, sensor, mark: known?.mark, since });
      }
    }
    return [...occasions.values()];
  }

  async function untilStored(changedSensors: ReadonlyMap<string, SensorMark>): Promise<void> {
    const end = performance.now() + storedWithinMs;
    for (let left = [...changedSensors]; ; ) {
      const byKey = new Map((await store.sensors()).map((one) => [`${one.site}/${one.sensor}`, one]));
      left = left.filter(([key, mark]) => !isStored(mark, byKey.get(key)));
      if (left.length === 0) return;
      if (performance.now() > end) {
        meters.add('analysis_waits_expired_total', left.length);
        return;
      }
      await pause(lookEveryMs, undefined, { signal: stop.signal });
    }
  }

  const consumption = await log.consume('analysis', handle, {
    maxBytes: roundBytes,
    lingerMs: settings.every,
    onError: (error) => {
      if (stop.signal.aborted) return;
      meters.add('analysis_rounds_failed_total');
      onTrouble('a round of the analysis failed; it will be tried again', { err: error });
    },
    onLost: (entries) => meters.add('analysis_entries_lost_total', entries),
  });
  meters.gauge('analysis_lag_entries', () => consumption.lag);
  meters.gauge('analysis_events_open', () => open);
  meters.gauge('analysis_detectors', () => pool.size);
  return {
    get lag() {
      return consumption.lag;
    },
    caughtUp: () => consumption.caughtUp(),
    async close() {
      stop.abort();
      const closed = consumption.close();
      // A round may have minutes to go; it comes again after the next start.
      await pool.close();
      await closed;
    },
  };
}
