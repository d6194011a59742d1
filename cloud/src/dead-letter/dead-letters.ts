// What the cloud could not take, with the reason: bounded, the oldest goes first, kept for a second look.

import { type KeyValueDb, openBoundedList } from '@wellhead/host';
import { isoTime } from '@wellhead/protocol';

export type DeadLetterReason =
  | 'bad-batch'
  | 'bad-json'
  | 'foreign-address'
  | 'unknown-topic'
  | 'bad-status'
  | 'bad-ledger'
  | 'undecodable'
  | 'store-refused';

/** Why a message can never be taken as it is. */
export interface DeadEnd {
  readonly reason: DeadLetterReason;
  readonly detail: string;
}

export interface DeadLetter extends DeadEnd {
  readonly topic: string;
  readonly payload: Uint8Array;
}

/** A letter as it is kept. */
export interface KeptLetter extends DeadLetter {
  /** Its place in the order: later ones have larger numbers. */
  readonly number: number;
  /** When it was kept: ISO 8601, UTC. */
  readonly at: string;
}

export interface DeadLetters {
  /** Resolves when the letter is synced to the disk. */
  keep(letter: DeadLetter): Promise<void>;
  readonly count: number;
  /** Newest first, those before a number; one is read after the other, for each may be half a megabyte. */
  newest(before?: number): AsyncIterable<KeptLetter>;
  get(number: number): Promise<KeptLetter | undefined>;
  /** Resolves when it is gone from the disk. @returns false if there is no such letter */
  remove(number: number): Promise<boolean>;
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
    async *newest(before) {
      for await (const { number, entry } of list.newest(before)) yield letterOf(number, entry);
    },
    async get(number) {
      const entry = await list.get(number);
      return entry === undefined ? undefined : letterOf(number, entry);
    },
    remove: (number) => list.remove(number),
    keep({ topic, reason, detail, payload }) {
      count('dead_letters_total', 1, reason);
      return list.add({
        at: isoTime(now()),
        topic,
        reason,
        detail,
        payload: Buffer.from(payload).toString('base64'),
      });
    },
  };
}

/** As `keep` wrote it. */
interface Written extends Omit<DeadLetter, 'payload'> {
  readonly at: string;
  readonly payload: string;
}

function letterOf(number: number, entry: unknown): KeptLetter {
  const { payload, ...rest } = entry as Written;
  return { number, ...rest, payload: Buffer.from(payload, 'base64') };
}
