// From the log to the store: the one writer of readings.
import { type Block, decodeBatch, decodeBlock, isNamedOrigin, WellheadError } from '@wellhead/protocol';
import type { DeadLetter, DeadLetters } from '../bridge/dead-letters.ts';
import type { LogEntry } from '../log/reading-log.ts';
import type { ReadingStore, StoredBatch } from '../store/reading-store.ts';

export interface IndexerOptions {
  readonly store: ReadingStore;
  readonly deadLetters: DeadLetters;
  /** Told what is in the store now. */
  readonly onStored: (batches: readonly StoredBatch[]) => void;
  readonly count: (name: IndexerCounter, amount: number) => void;
}

export type IndexerCounter = 'readings_stored_total' | 'readings_repeated_total' | 'readings_revised_total';

/** Handles entries of the log; resolves when the store holds them. Rejects with STORE_WRITE: they must come again. */
export function createIndexer({ store, deadLetters, onStored, count }: IndexerOptions) {
  return async (entries: readonly LogEntry[]): Promise<void> => {
    const batches: StoredBatch[] = [];
    const damaged: DeadLetter[] = [];
    for (const entry of entries) {
      const batch = decodeEntry(entry);
      if (batch instanceof WellheadError) damaged.push(letterOf(entry, batch));
      else batches.push(batch);
    }
    if (batches.length > 0) {
      const { written, repeated, revised } = await store.write(batches);
      count('readings_stored_total', written);
      count('readings_repeated_total', repeated);
      count('readings_revised_total', revised);
      onStored(batches);
    }
    // After the store: else each new attempt of a failing write would keep them once more.
    for (const letter of damaged) await deadLetters.keep(letter);
  };
}

function letterOf({ offset, batch }: LogEntry, { code, message }: WellheadError): DeadLetter {
  return { topic: `log/${offset}`, reason: 'undecodable', detail: `${code}: ${message}`, payload: batch };
}

/** The bridge read every block before it logged it; an entry that cannot be read now was damaged on the disk. */
function decodeEntry(entry: LogEntry): StoredBatch | WellheadError {
  try {
    const { site, gateway, origin, lane, blocks } = decodeBatch(entry.batch);
    const decoded: Block[] = blocks.map(decodeBlock);
    return {
      site,
      gateway,
      origin,
      lane,
      storedAt: entry.storedAt,
      blocks: decoded,
      seqIsTime: isNamedOrigin(origin),
    };
  } catch (error) {
    if (error instanceof WellheadError) return error;
    throw error;
  }
}
