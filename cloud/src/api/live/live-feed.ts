// Tells those who watch what has just been stored.
import { isoTime, readingsOf } from '@wellhead/protocol';
import type { StoredBatch, StoredReading } from '../../store/reading-store.ts';

export type LiveListener = (readings: readonly StoredReading[]) => void;

export interface LiveFilter {
  readonly site?: string | undefined;
  readonly sensor?: string | undefined;
}

/** More than this at once is a backlog; watchers get the newest and reload the rest if they care. */
const newestPerBlock = 500;

export class LiveFeed {
  readonly #listeners = new Map<LiveListener, LiveFilter>();

  get watchers(): number {
    return this.#listeners.size;
  }

  /** Calls `listener` with the readings of each stored batch that match; returns what ends it. */
  subscribe(filter: LiveFilter, listener: LiveListener): () => void {
    this.#listeners.set(listener, filter);
    return () => this.#listeners.delete(listener);
  }

  stored(batches: readonly StoredBatch[]): void {
    if (this.#listeners.size === 0) return;
    for (const [listener, filter] of this.#listeners) {
      const readings: StoredReading[] = [];
      for (const batch of batches) {
        if (filter.site !== undefined && filter.site !== batch.site) continue;
        for (const block of batch.blocks) {
          if (filter.sensor !== undefined && filter.sensor !== block.sensor) continue;
          const newest = readingsOf(block, batch.site, batch.origin).slice(-newestPerBlock);
          for (const reading of newest) readings.push(asStored(reading, batch));
        }
      }
      if (readings.length > 0) listener(readings);
    }
  }
}

function asStored(reading: ReturnType<typeof readingsOf>[number], batch: StoredBatch): StoredReading {
  return {
    ...reading,
    gateway: batch.gateway,
    storedAt: isoTime(batch.storedAt),
    historical: batch.lane === 'historical',
  };
}
