// Where readings are stored by another process, those who watch are told from the log.
import { decodeBatch, decodeBlock, isNamedOrigin, WellheadError } from '@wellhead/protocol';
import type { Consumption, LogEntry, ReadingLog } from '../../log/reading-log.ts';
import type { StoredBatch } from '../../store/reading-store.ts';
import type { LiveFeed } from './live-feed.ts';

const maxBytes = 384 * 1024;

/** Follows the log from now on. The name must be new: each process must hear everything, and none goes on where another was. */
export function followLog(
  log: ReadingLog,
  live: LiveFeed,
  options: { readonly name: string; readonly now: number; readonly onError: (error: unknown) => void },
): Promise<Consumption> {
  return log.consume(
    `live-${options.name}`,
    async (entries) => {
      if (live.watchers > 0) live.stored(entries.flatMap(readEntry));
    },
    { maxBytes, lingerMs: 100, onError: options.onError, from: { time: options.now } },
  );
}

/** What cannot be read is the indexer's to report. */
function readEntry({ batch, storedAt }: LogEntry): StoredBatch[] {
  try {
    const { blocks, ...head } = decodeBatch(batch);
    return [{ ...head, storedAt, blocks: blocks.map(decodeBlock), seqIsTime: isNamedOrigin(head.origin) }];
  } catch (error) {
    if (error instanceof WellheadError) return [];
    throw error;
  }
}
