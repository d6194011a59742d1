// Where readings are stored by another process, those who watch are told from the log.
import { readableBatches } from '../../log/decode-entry.ts';
import type { Consumption, ReadingLog } from '../../log/reading-log.ts';
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
      if (live.watchers > 0) live.stored(readableBatches(entries));
    },
    { maxBytes, lingerMs: 100, onError: options.onError, from: { time: options.now } },
  );
}
