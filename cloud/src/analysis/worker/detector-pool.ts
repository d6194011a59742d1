// Worker threads with detectors in them, as seen from the program's own thread.
import { Worker } from 'node:worker_threads';
import type { LookAnswer, LookRequest, Sight, WorkerRequest } from './messages.ts';

/** The detector failed on its readings, or its thread was lost; the next look begins it anew. */
export class DetectorFailed extends Error {}

/** Longer than any look at a page of readings takes; a thread that is silent for so long is ended. */
const answerWithinMs = 120_000;

export type Look = Omit<LookRequest, 'kind' | 'job'>;

export class DetectorPool {
  readonly #threads: DetectorThread[];
  /** Where each detector lives. */
  readonly #homes = new Map<string, DetectorThread>();
  #next = 0;
  #isClosed = false;

  constructor(workers: number) {
    this.#threads = Array.from(
      { length: workers },
      () => new DetectorThread((thread) => this.#forgetAll(thread)),
    );
  }

  /** How many detectors there are. */
  get size(): number {
    return this.#homes.size;
  }

  has(key: string): boolean {
    return this.#homes.has(key);
  }

  /**
   * Gives readings to a detector and resolves with what it has found.
   * @throws DetectorFailed
   */
  async look(look: Look): Promise<Sight> {
    if (this.#isClosed) throw new Error('the analysis is closed');
    let home = this.#homes.get(look.key);
    if (home === undefined) {
      if (look.begin === undefined) throw new DetectorFailed(`there is no detector ${look.key}`);
      home = this.#threads[this.#next++ % this.#threads.length]!;
      this.#homes.set(look.key, home);
    }
    try {
      return await home.look(look);
    } catch (error) {
      this.forget(look.key);
      throw this.#isClosed ? new Error('the analysis is closing', { cause: error }) : error;
    }
  }

  forget(key: string): void {
    this.#homes.get(key)?.forget(key);
    this.#homes.delete(key);
  }

  /** Ends the threads; looks under way fail, though not as those of a detector that failed. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  #forgetAll(lost: DetectorThread): void {
    for (const [key, home] of this.#homes) if (home === lost) this.#homes.delete(key);
  }
}

interface Waiting {
  readonly resolve: (sight: Sight) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/** One thread, started when it is first needed and again after it was lost. */
class DetectorThread {
  readonly #onLost: (thread: DetectorThread) => void;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #jobs = 0;

  constructor(onLost: (thread: DetectorThread) => void) {
    this.#onLost = onLost;
  }

  look(look: Look): Promise<Sight> {
    const worker = this.#start();
    const job = ++this.#jobs;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        void worker.terminate();
      }, answerWithinMs);
      this.#waiting.set(job, { resolve, reject, timer });
      const { times, values, flags, causes } = look.columns;
      const moved = [times, ...values, ...flags, ...causes].map(({ buffer }) => buffer as ArrayBuffer);
      this.#say({ kind: 'look', job, ...look }, moved);
    });
  }

  forget(key: string): void {
    if (this.#worker !== undefined) this.#say({ kind: 'forget', key }, []);
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #say(request: WorkerRequest, moved: ArrayBuffer[]): void {
    this.#worker!.postMessage(request, moved);
  }

  #start(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = startWorker();
    this.#worker = worker;
    let why = 'it was ended';
    worker.on('message', ({ job, sight, failure }: LookAnswer) => {
      const waiting = this.#waiting.get(job);
      if (waiting === undefined) return;
      this.#waiting.delete(job);
      clearTimeout(waiting.timer);
      if (sight === undefined) waiting.reject(new DetectorFailed(failure ?? 'no reason given'));
      else waiting.resolve(sight);
    });
    worker.on('error', (error) => {
      why = error instanceof Error ? error.message : String(error);
    });
    worker.once('exit', () => {
      this.#worker = undefined;
      this.#onLost(this);
      for (const { reject, timer } of this.#waiting.values()) {
        clearTimeout(timer);
        reject(new DetectorFailed(`the thread of the detector was lost: ${why}`));
      }
      this.#waiting.clear();
    });
    return worker;
  }
}

/** In the bundle the worker is a file beside the program; from the sources it is TypeScript as the rest. */
function startWorker(): Worker {
  const isSource = import.meta.url.endsWith('.ts');
  const file = new URL(isSource ? './detector-worker.ts' : './detector-worker.js', import.meta.url);
  // A thread's first file cannot be TypeScript, what it imports can.
  const worker = isSource ? new Worker(importTypeScript(file.href), { eval: true }) : new Worker(file);
  // Detectors alone keep no program running.
  worker.unref();
  return worker;
}

function importTypeScript(href: string): string {
  return `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(href)}); });`;
}
