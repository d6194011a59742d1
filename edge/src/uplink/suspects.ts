// Readings that could not be read when they were to be sent: nothing is declared lost after one look.
import type { Range, RangeSet } from '@wellhead/protocol';
import type { Timers } from '../clock/timers.ts';
import type { Journal } from '../journal/journal.ts';

export interface SuspectOptions {
  readonly journal: Pick<Journal, 'confirmLost'>;
  readonly timers: Timers;
  /** How long after the first look the second one comes. */
  readonly recheckMs: number;
  /** What was looked at a second time is lost in the ledger now, or can be sent. */
  readonly onChecked: (sensor: string) => void;
  readonly onError: (error: unknown) => void;
}

/** Holds suspects back until they were looked at again. */
export class Suspects {
  readonly #options: SuspectOptions;
  #waiting: { readonly sensor: string; readonly range: Range }[] = [];
  #cancel: (() => void) | undefined;
  #closed = false;

  constructor(options: SuspectOptions) {
    this.#options = options;
  }

  add(sensor: string, range: Range): void {
    this.#waiting.push({ sensor, range });
    this.#arm();
  }

  /** Adds the suspects of a sensor to a set of what is not to be sent now. */
  addTo(settled: RangeSet, sensor: string): void {
    for (const { sensor: name, range } of this.#waiting) if (name === sensor) settled.add(...range);
  }

  close(): void {
    this.#closed = true;
    this.#cancel?.();
  }

  #arm(): void {
    if (this.#closed) return;
    const { timers, recheckMs } = this.#options;
    this.#cancel ??= timers.after(recheckMs, () => void this.#recheck());
  }

  async #recheck(): Promise<void> {
    const { journal, onChecked, onError } = this.#options;
    const checked = new Set<string>();
    try {
      for (let next = this.#waiting[0]; next !== undefined && !this.#closed; next = this.#waiting[0]) {
        await journal.confirmLost(next.sensor, next.range);
        this.#waiting.shift();
        checked.add(next.sensor);
      }
    } catch (error) {
      // The journal may be opening again: the same question is asked a little later.
      onError(error);
    }
    this.#cancel = undefined;
    if (this.#waiting.length > 0) this.#arm();
    for (const sensor of checked) onChecked(sensor);
  }
}
