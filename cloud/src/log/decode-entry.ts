// What an entry of the log says, for every consumer of it.
import {
  type Block,
  decodeBatch,
  decodeBlock,
  isNamedOrigin,
  type Lane,
  WellheadError,
} from '@wellhead/protocol';
import type { LogEntry } from './reading-log.ts';

/** One accepted batch on its way from the log to its consumers, decoded. Times are milliseconds since 1970, UTC. */
export interface StoredBatch {
  readonly site: string;
  readonly gateway: string;
  readonly origin: string;
  readonly lane: Lane;
  readonly storedAt: number;
  readonly blocks: readonly Block[];
  /**
   * True where seq is the time of the reading (publishers that give no key): holes are then not counted,
   * and no ranges of seq are held.
   */
  readonly seqIsTime: boolean;
}

/** The bridge read every block before it logged it; an entry that cannot be read now was damaged on the disk. */
export function decodeEntry({ batch, storedAt }: LogEntry): StoredBatch | WellheadError {
  try {
    const { site, gateway, origin, lane, blocks } = decodeBatch(batch);
    const decoded = blocks.map(decodeBlock);
    return { site, gateway, origin, lane, storedAt, blocks: decoded, seqIsTime: isNamedOrigin(origin) };
  } catch (error) {
    if (error instanceof WellheadError) return error;
    throw error;
  }
}

/** The entries that can be read; the others are the indexer's to report. */
export function readableBatches(entries: readonly LogEntry[]): StoredBatch[] {
  return entries.map(decodeEntry).flatMap((batch) => (batch instanceof WellheadError ? [] : [batch]));
}
