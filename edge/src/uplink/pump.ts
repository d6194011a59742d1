// Does one thing again and again until there is nothing to do; a wish that comes meanwhile is kept.
import type { Timers } from '../clock/timers.ts';

const retryMs = 1_000;

export interface PumpOptions {
  /** Does the next thing; false where there is none for now. */
  readonly step: () => Promise<boolean>;
  /** A step has failed; it is tried again in a second. */
  readonly onFailed: (error: unknown) => void;
  readonly timers: Timers;
}

export class Pump {
  readonly #options: PumpOptions;
  #isRunning = false;
  #again = false;
  #cancelRetry: (() => void) | undefined;

  constructor(options: PumpOptions) {
    this.#options = options;
  }

  /** One run at a time. */
  run(): void {
    this.#again = true;
    if (this.#isRunning) return;
    this.#isRunning = true;
    void this.#run();
  }

  close(): void {
    this.#cancelRetry?.();
  }

  async #run(): Promise<void> {
    const { step, onFailed, timers } = this.#options;
    try {
      while (this.#again) {
        this.#again = false;
        while (await step());
      }
    } catch (error) {
      onFailed(error);
      this.#cancelRetry ??= timers.after(retryMs, () => {
        this.#cancelRetry = undefined;
        this.run();
      });
    } finally {
      this.#isRunning = false;
    }
  }
}
