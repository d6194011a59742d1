// Keeps the log within its byte budget: the oldest entries go, but never one that a consumer still needs.
import { folderBytes } from '@wellhead/host';
import type { LevelLog } from './level-log.ts';

export interface TrimOptions {
  readonly log: LevelLog;
  /** The LevelDB folder, whose size counts. */
  readonly folder: string;
  readonly budgetBytes: number;
  readonly onRemoved: (entries: number) => void;
  readonly onError: (error: unknown) => void;
}

const everyMs = 30_000;
const entriesAStep = 1_000;

/** Looks every half minute; returns what stops it. */
export function startTrimming(options: TrimOptions): { close(): Promise<void> } {
  let running: Promise<void> | undefined;
  const timer = setInterval(() => {
    running ??= trimLog(options)
      .catch(options.onError)
      .finally(() => {
        running = undefined;
      });
  }, everyMs);
  return {
    async close() {
      clearInterval(timer);
      await running;
    },
  };
}

/**
 * Removes handled entries, oldest first, while the folder is above its budget. Where only entries are left that a
 * consumer still needs, the log refuses new ones until there is room.
 */
export async function trimLog({
  log,
  folder,
  budgetBytes,
  onRemoved,
}: Omit<TrimOptions, 'onError'>): Promise<void> {
  let excess = folderBytes(folder) - budgetBytes;
  if (excess <= 0) {
    log.isFull = false;
    return;
  }
  let hasRemoved = false;
  while (excess > 0) {
    const removed = await log.removeOldest(entriesAStep, excess);
    if (removed.entries === 0) break;
    hasRemoved = true;
    onRemoved(removed.entries);
    excess -= removed.bytes;
  }
  // Removed entries take room until then: the folder may be within its budget although nothing more could go.
  if (hasRemoved || !log.isFull) await log.compact();
  log.isFull = excess > 0 && folderBytes(folder) > budgetBytes;
}
