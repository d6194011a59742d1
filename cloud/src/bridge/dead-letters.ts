// What the cloud could not take, with the reason: bounded, the oldest goes first, kept for a second look.
import type { KeyValueDb } from '@wellhead/host';

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

const digits = 16;

function key(number: number): string {
  return `x!${String(number).padStart(digits, '0')}`;
}

export async function openDeadLetters({ db, limit, now, count }: DeadLetterOptions): Promise<DeadLetters> {
  const range = { gte: 'x!', lt: 'x"' };
  const [firstKey] = await db.keys({ ...range, limit: 1 }).all();
  const [lastKey] = await db.keys({ ...range, reverse: true, limit: 1 }).all();
  let first = firstKey === undefined ? 1 : Number(firstKey.slice(2));
  let next = lastKey === undefined ? first : Number(lastKey.slice(2)) + 1;
  return {
    get count() {
      return next - first;
    },
    async keep({ topic, reason, detail, payload }) {
      count('dead_letters_total', 1, reason);
      const letter = {
        at: new Date(now()).toISOString(),
        topic,
        reason,
        detail,
        payload: Buffer.from(payload).toString('base64'),
      };
      const number = next++;
      const drops: { type: 'del'; key: string }[] = [];
      while (next - first > limit) drops.push({ type: 'del', key: key(first++) });
      if (drops.length > 0) count('dead_letters_dropped_total', drops.length);
      await db.batch(
        [{ type: 'put', key: key(number), value: Buffer.from(JSON.stringify(letter)) }, ...drops],
        {
          sync: true,
        },
      );
    },
  };
}
