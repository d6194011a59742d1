// The history of a store looked at again, with detectors of its own that end with it.
import type { SensorType, Site } from '@wellhead/protocol';
import type { FoundEvent, StoredEvent } from '../../event/stored-event.ts';
import type { ReadingStore } from '../../store/reading-store.ts';
import { Judgements } from '../round/judgements.ts';
import { type AnalysisCounter, SensorAnalysis } from '../round/sensor-analysis.ts';
import { foundAtSite, SiteAnalysis } from '../round/site-analysis.ts';
import { DetectorPool } from '../worker/detector-pool.ts';
import { analyseHistory } from './analyse-history.ts';

/** Half-open; whole quarters of years are looked at. What is left out is not narrowed. */
export interface HistorySpan {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly site?: string | undefined;
  readonly sensor?: string | undefined;
}

export interface RunHistoryOptions {
  readonly store: ReadingStore;
  readonly types: ReadonlyMap<string, SensorType>;
  readonly sites: ReadonlyMap<string, Site>;
  readonly settings: {
    readonly workers: number;
    readonly alarmsPerYear: number;
    readonly detectors: number;
  };
  readonly span: HistorySpan;
  /** Say what is found, write nothing. */
  readonly dryRun?: boolean;
  /** Ends the detectors; what was written by then stays. */
  readonly signal?: AbortSignal;
  readonly now: () => number;
  readonly count: (name: AnalysisCounter, amount: number) => void;
  readonly onTrouble: (message: string, facts: object) => void;
  readonly onProgress: (done: number, total: number) => void;
}

/**
 * Gives what has changed, quarter by quarter, after it is written; of a dry run, what is found.
 * @throws WellheadError STORE_QUERY, STORE_WRITE; any error after the signal
 */
export async function* runHistory(
  options: RunHistoryOptions,
): AsyncGenerator<readonly (FoundEvent | StoredEvent)[]> {
  const { store, types, sites, settings, span, dryRun = false, signal, now, onProgress } = options;
  const { workers, ...limits } = settings;
  const pool = new DetectorPool(workers);
  const close = () => void pool.close();
  signal?.addEventListener('abort', close);
  const writer = new SiteAnalysis(store.events);
  const sensors = new SensorAnalysis({
    store,
    types,
    sites,
    pool,
    judgements: new Judgements(store.events),
    ...limits,
    count: options.count,
    onTrouble: options.onTrouble,
  });
  try {
    signal?.throwIfAborted();
    yield* analyseHistory({
      store,
      sensors,
      lanes: workers + 2,
      ...span,
      onProgress,
      take: (looked, summaries) =>
        dryRun ? foundAtSite(store.events, looked, summaries) : writer.write(looked, summaries, now()),
    });
  } finally {
    signal?.removeEventListener('abort', close);
    await pool.close();
  }
}
