// Which readings of a feed were taken already: known by their times, also after a restart.
import { z } from 'zod';

const takenSchema = z.object({ times: z.array(z.number()), floor: z.number().nullable() });
/** Far more than a feed holds at a time; of longer ones the newest count, and what is older was taken. */
const most = 2_048;

export class TakenTimes {
  #times = new Set<number>();
  #floor = Number.NEGATIVE_INFINITY;

  has(time: number): boolean {
    return time < this.#floor || this.#times.has(time);
  }

  /** From now on these are taken: those that a feed holds no more need not be remembered. */
  set(times: Iterable<number>): void {
    const newest = [...new Set(times)].sort((a, b) => b - a);
    if (newest.length > most) this.#floor = newest[most - 1]!;
    this.#times = new Set(newest.slice(0, most));
  }

  bytes(): Uint8Array {
    const floor = Number.isFinite(this.#floor) ? this.#floor : null;
    return Buffer.from(JSON.stringify({ times: [...this.#times], floor }));
  }

  /** What cannot be read is as if nothing had been taken: the journal knows repeats. */
  restore(bytes: Uint8Array | undefined): void {
    if (bytes === undefined) return;
    try {
      const { times, floor } = takenSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
      this.#times = new Set(times);
      this.#floor = floor ?? Number.NEGATIVE_INFINITY;
    } catch {
      this.#times = new Set();
    }
  }
}
