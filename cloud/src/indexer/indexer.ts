// From the log to the store: the one writer of readings.
import { encodeBatch, encodeBlock, topicOf, WellheadError } from '@wellhead/protocol';
import type { DeadLetter, DeadLetters } from '../dead-letter/dead-letters.ts';
import { decodeEntry } from '../log/decode-entry.ts';
import type { LogEntry } from '../log/reading-log.ts';
import type { ReadingStore, RejectedReading, StoredBatch } from '../store/reading-store.ts';

export interface IndexerOptions {
  readonly store: Pick<ReadingStore, 'write'>;
  readonly deadLetters: DeadLetters;
  /** Told what is in the store now. */
  readonly onStored: (batches: readonly StoredBatch[]) => void;
  readonly count: (name: IndexerCounter, amount: number) => void;
}

export type IndexerCounter =
  | 'readings_stored_total'
  | 'readings_repeated_total'
  | 'readings_revised_total'
  | 'readings_refused_total';

/** Handles entries of the log; resolves when the store holds them. Rejects with STORE_WRITE: they must come again. */
export function createIndexer({ store, deadLetters, onStored, count }: IndexerOptions) {
  return async (entries: readonly LogEntry[]): Promise<void> => {
    const batches: StoredBatch[] = [];
    const letters: DeadLetter[] = [];
    for (const entry of entries) {
      const batch = decodeEntry(entry);
      if (batch instanceof WellheadError) letters.push(letterOf(entry, batch));
      else batches.push(batch);
    }
    if (batches.length > 0) {
      const { written, repeated, revised, rejected = [] } = await store.write(batches);
      count('readings_stored_total', written);
      count('readings_repeated_total', repeated);
      count('readings_revised_total', revised);
      count('readings_refused_total', rejected.length);
      letters.push(...rejected.map(letterOfRefused));
      onStored(batches);
    }
    // After the store: else each new attempt of a failing write would keep them once more.
    for (const letter of letters) await deadLetters.keep(letter);
  };
}

function letterOf({ partition, offset, batch }: LogEntry, { code, message }: WellheadError): DeadLetter {
  return {
    topic: `log/${partition}/${offset}`,
    reason: 'undecodable',
    detail: `${code}: ${message}`,
    payload: batch,
  };
}

/** Under the topic it may have come by: there it can be sent once more, when the store has been mended. */
function letterOfRefused({ batch, reason }: RejectedReading): DeadLetter {
  return {
    topic: topicOf(batch, 'data'),
    reason: 'store-refused',
    detail: reason,
    payload: encodeBatch({ ...batch, blocks: batch.blocks.map(encodeBlock) }),
  };
}
