// What the cloud could not take, with the reason: bounded, the oldest goes first, kept for a second look.
import { type KeyValueDb, openBoundedList } from '@wellhead/host';

export type DeadLetterReason =
  | 'bad-batch'
  | 'bad-json'
  | 'foreign-address'
  | 'unknown-topic'
  | 'bad-status'
  | 'bad-ledger'
  | 'undecodable'
  | 'store-refused';

export interface DeadLetter {
  readonly topic: string;
  readonly reason: DeadLetterReason;
  readonly detail: string;
  readonly payload: Uint8Array;
}

export interface DeadLetters {
  /** Resolves when the letter is synced to the disk. */
  keep(letter: DeadLetter): Promise<void>;
  readonly count: number;
}

export interface DeadLetterOptions {
  readonly db: KeyValueDb;
  readonly limit: number;
  readonly now: () => number;
  readonly count: (
    name: 'dead_letters_total' | 'dead_letters_dropped_total',
    amount: number,
    label?: string,
  ) => void;
}

export async function openDeadLetters({ db, limit, now, count }: DeadLetterOptions): Promise<DeadLetters> {
  const list = await openBoundedList({
    db,
    prefix: 'x!',
    limit,
    onDropped: (drops) => count('dead_letters_dropped_total', drops),
  });
  return {
    get count() {
      return list.count;
    },
    keep({ topic, reason, detail, payload }) {
      count('dead_letters_total', 1, reason);
      return list.add({
        at: new Date(now()).toISOString(),
        topic,
        reason,
        detail,
        payload: Buffer.from(payload).toString('base64'),
      });
    },
  };
}
