// What could not be read, with the reason: bounded in count and size, the oldest goes first.
import { type KeyValueDb, openBoundedList } from '@wellhead/host';
import type { BadInput } from '../reading/raw-reading.ts';
import { deadLetterPrefix } from './keys.ts';

export interface DeadLetters {
  /** Resolves when the input is synced to the disk. */
  keep(input: BadInput, at: number): Promise<void>;
  readonly count: number;
}

export interface DeadLetterOptions {
  readonly db: KeyValueDb;
  readonly limit: number;
  readonly onDropped: (count: number) => void;
}

/** A payload beyond this is cut: the reason and the beginning tell what it was. */
const maxPayloadBytes = 4_096;

export async function openDeadLetters({ db, limit, onDropped }: DeadLetterOptions): Promise<DeadLetters> {
  const list = await openBoundedList({ db, prefix: deadLetterPrefix, limit, onDropped });
  return {
    get count() {
      return list.count;
    },
    keep: ({ source, reason, detail, payload }, at) =>
      list.add({
        at: new Date(at).toISOString(),
        source,
        reason,
        detail,
        bytes: payload.length,
        payload: Buffer.from(payload.subarray(0, maxPayloadBytes)).toString('base64'),
      }),
  };
}
