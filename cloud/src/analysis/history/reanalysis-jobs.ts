// Reanalyses that somebody asks for while the cloud runs: one at a time, and what came of the last ones.
import { type HistorySpan, type RunHistoryOptions, runHistory } from './run-history.ts';

/** Finished ones that are remembered, until the process ends. */
const maxFinished = 100;
/** Ids of events that a job names; the others are only counted. */
const maxNamed = 1_000;
/** History is in no hurry: the rounds of new readings keep their threads, and share one core with it. */
const workers = 1;

export interface ReanalysisJob {
  readonly id: string;
  readonly state: 'running' | 'done' | 'cancelled' | 'failed';
  readonly span: HistorySpan;
  readonly startedAt: number;
  readonly endedAt?: number;
  /** Sensors and quarters that are done, and how many there are. */
  readonly done: number;
  readonly total: number;
  /** Events that were new, changed or withdrawn, and the ids of the first of them. */
  readonly changed: number;
  readonly events: readonly string[];
  /** Why it failed. */
  readonly problem?: string;
}

type Settings = Omit<RunHistoryOptions['settings'], 'workers'>;

export interface ReanalysisJobsOptions
  extends Pick<RunHistoryOptions, 'store' | 'types' | 'sites' | 'now' | 'onTrouble'> {
  readonly settings: Settings;
  readonly count: (
    name: Parameters<RunHistoryOptions['count']>[0] | 'analysis_jobs_total' | 'analysis_events_changed_total',
    amount: number,
    label?: string,
  ) => void;
}

interface Running {
  readonly id: string;
  readonly stop: AbortController;
  readonly ended: Promise<void>;
}

export class ReanalysisJobs {
  readonly #options: ReanalysisJobsOptions;
  /** By id, the oldest first. */
  readonly #jobs = new Map<string, ReanalysisJob>();
  #running: Running | undefined;
  #started = 0;
  #isClosed = false;

  constructor(options: ReanalysisJobsOptions) {
    this.#options = options;
  }

  /** Begins to look; undefined where another one runs. */
  start(span: HistorySpan): ReanalysisJob | undefined {
    if (this.#running !== undefined || this.#isClosed) return undefined;
    const startedAt = this.#options.now();
    // After a restart the numbers begin anew, but not the time.
    const id = `${startedAt.toString(36)}-${++this.#started}`;
    const stop = new AbortController();
    this.#jobs.set(id, {
      id,
      state: 'running',
      span,
      startedAt,
      done: 0,
      total: 0,
      changed: 0,
      events: [],
    });
    for (const old of [...this.#jobs.keys()].slice(0, -maxFinished - 1)) this.#jobs.delete(old);
    this.#running = { id, stop, ended: this.#run(id, span, stop.signal) };
    return this.get(id);
  }

  get(id: string): ReanalysisJob | undefined {
    return this.#jobs.get(id);
  }

  /** Ends it, and resolves when it has ended; one that had ended before stays as it is. */
  async cancel(id: string): Promise<ReanalysisJob | undefined> {
    if (this.#running?.id === id) {
      const { stop, ended } = this.#running;
      stop.abort();
      await ended;
    }
    return this.get(id);
  }

  /** Ends what runs, and lets nothing more begin; may be called twice. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#running !== undefined) await this.cancel(this.#running.id);
  }

  async #run(id: string, span: HistorySpan, signal: AbortSignal): Promise<void> {
    const { settings, count, onTrouble, now } = this.#options;
    let end: Partial<ReanalysisJob> & Pick<ReanalysisJob, 'state'> = { state: 'done' };
    try {
      const history = runHistory({
        ...this.#options,
        settings: { ...settings, workers },
        span,
        signal,
        onProgress: (done, total) => this.#change(id, { done, total }),
      });
      for await (const events of history) {
        count('analysis_events_changed_total', events.length);
        const job = this.get(id)!;
        const named = [...job.events, ...events.map((event) => event.id)].slice(0, maxNamed);
        this.#change(id, { changed: job.changed + events.length, events: named });
        if (signal.aborted) break;
      }
      if (signal.aborted) end = { state: 'cancelled' };
    } catch (error) {
      // Detectors that are ended under way fail; that was wanted.
      end = signal.aborted ? { state: 'cancelled' } : { state: 'failed', problem: (error as Error).message };
      if (!signal.aborted) onTrouble('a reanalysis failed', { err: error });
    }
    this.#change(id, { ...end, endedAt: now() });
    this.#running = undefined;
    count('analysis_jobs_total', 1, end.state);
  }

  #change(id: string, news: Partial<ReanalysisJob>): void {
    this.#jobs.set(id, { ...this.#jobs.get(id)!, ...news });
  }
}
