// When to look at a file again: when its time has come, or at once where the disk tells of a change.
import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import { pause, type Timers } from '../../clock/timers.ts';

export interface NextLookOptions {
  readonly path: string;
  readonly everyMs: number;
  readonly timers: Timers;
  /** Nobody waits any more when it is aborted. */
  readonly signal: AbortSignal;
}

export class NextLook {
  readonly #options: NextLookOptions;
  #wake: () => void = () => undefined;
  #isWoken = false;
  #hint: FSWatcher | undefined;

  constructor(options: NextLookOptions) {
    this.#options = options;
    options.signal.addEventListener('abort', () => this.#wake(), { once: true });
  }

  /** Begins to listen for changes. */
  open(): void {
    this.#hint = this.#watch();
  }

  close(): void {
    this.#hint?.close();
  }

  /** A look begins: what has changed until now is seen by it. */
  begin(): void {
    this.#isWoken = false;
  }

  /** The look to come is due at once. */
  hurry(): void {
    this.#isWoken = true;
  }

  /** Until the next look is due, or something moved. */
  async wait(): Promise<void> {
    const { everyMs, timers, signal } = this.#options;
    if (this.#isWoken || signal.aborted) return;
    const nap = new AbortController();
    this.#wake = () => nap.abort();
    await pause(timers, everyMs, nap.signal);
  }

  /** A hint only: network shares tell nothing, and some disks not everything. */
  #watch(): FSWatcher | undefined {
    const name = basename(this.#options.path);
    try {
      const watcher = watch(dirname(this.#options.path), { persistent: false }, (_event, changed) => {
        if (changed !== null && changed !== name) return;
        this.#isWoken = true;
        this.#wake();
      });
      watcher.on('error', () => watcher.close());
      return watcher;
    } catch {
      return undefined;
    }
  }
}
