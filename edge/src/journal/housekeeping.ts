// Keeps the journal within its byte budget and packs small blocks, a little at a time and never in the way.
import type { WellheadError } from '@wellhead/protocol';
import { evictDelivered, evictUndelivered } from './evict.ts';
import type { Journal } from './journal.ts';
import { packSensor } from './pack.ts';

export interface HousekeepingOptions {
  readonly journal: Journal;
  /** Room that the journal takes on the disk. */
  readonly journalBytes: () => number;
  readonly budgetBytes: number;
  readonly whenFull: 'refuse' | 'drop-oldest';
  readonly count: (name: 'readings_evicted_total', amount: number) => void;
  readonly onDamaged: (key: string, error: WellheadError) => void;
  readonly onError: (error: unknown) => void;
  readonly everyMs?: number;
}

/** Above this part of the budget room is made; above the whole, the policy decides. */
const startAt = 0.9;
/** Room is made down to this part, so that the disk is not rewritten for every few readings. */
const stopAt = 0.8;
const sensorsARound = 50;

export class Housekeeping {
  readonly #options: HousekeepingOptions;
  readonly #timer: NodeJS.Timeout;
  #running: Promise<void> | undefined;
  #turn = 0;
  #full = false;

  constructor(options: HousekeepingOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.run(), options.everyMs ?? 10_000);
  }

  /** True while the journal may take no more: only undelivered readings are left, and the policy is `refuse`. */
  get full(): boolean {
    return this.#full;
  }

  /** One round; a round under way is joined. */
  run(): Promise<void> {
    this.#running ??= this.#round()
      .catch(this.#options.onError)
      .finally(() => {
        this.#running = undefined;
      });
    return this.#running;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  async #round(): Promise<void> {
    const { journal, budgetBytes, whenFull, onDamaged } = this.#options;
    if (this.bytes() > budgetBytes * startAt) {
      if (this.#canFree()) await this.#makeRoom();
      this.#full = whenFull === 'refuse' && this.bytes() > budgetBytes;
      return;
    }
    this.#full = false;
    if (journal.pending > 0) return;
    const sensors = journal.sensors();
    for (let i = 0; i < Math.min(sensors.length, sensorsARound) && journal.pending === 0; i++) {
      await packSensor(journal, sensors[this.#turn++ % sensors.length]!.sensor, onDamaged);
    }
  }

  #canFree(): boolean {
    const { journal, whenFull } = this.#options;
    if (whenFull === 'drop-oldest') return true;
    return journal.sensors().some(({ delivered, evicted }) => delivered.has(evicted + 1));
  }

  async #makeRoom(): Promise<void> {
    const { journal, budgetBytes, whenFull, count } = this.#options;
    // LevelDB frees nothing that is still in its memory when it is removed: it goes to the tables first.
    await journal.compact();
    const wanted = this.bytes() - budgetBytes * stopAt;
    if (wanted > 0) {
      const freed = await evictDelivered(journal, wanted);
      if (freed.readings > 0) count('readings_evicted_total', freed.readings);
      if (freed.bytes < wanted && whenFull === 'drop-oldest') {
        const dropped = await evictUndelivered(journal, wanted - freed.bytes);
        // Blocks that were delivered in part.
        const delivered = dropped.readings - dropped.lost;
        if (delivered > 0) count('readings_evicted_total', delivered);
      }
      await journal.compact();
    }
  }

  /** Room that the journal takes on the disk. */
  bytes(): number {
    return this.#options.journalBytes();
  }
}
