// What could not be made a reading of, with the reason: bounded in count and size, the oldest goes first.
import type { KeyValueDb, Operation } from '@wellhead/host';
import type { BadInput } from '../driver/sensor-driver.ts';
import { deadLetterKey, deadLetterPrefix, firstSeqOf } from './keys.ts';

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
  const range = { gte: deadLetterPrefix, lt: 'x"' };
  const [firstKey] = await db.keys({ ...range, limit: 1 }).all();
  const [lastKey] = await db.keys({ ...range, reverse: true, limit: 1 }).all();
  let first = firstKey === undefined ? 1 : firstSeqOf(firstKey);
  let next = lastKey === undefined ? first : firstSeqOf(lastKey) + 1;
  return {
    get count() {
      return next - first;
    },
    async keep({ source, reason, detail, payload }, at) {
      const letter = {
        at: new Date(at).toISOString(),
        source,
        reason,
        detail,
        bytes: payload.length,
        payload: Buffer.from(payload.subarray(0, maxPayloadBytes)).toString('base64'),
      };
      const number = next++;
      const drops = Math.max(0, next - first - limit);
      const operations: Operation[] = [
        { type: 'put', key: deadLetterKey(number), value: Buffer.from(JSON.stringify(letter)) },
      ];
      for (let i = 0; i < drops; i++) operations.push({ type: 'del', key: deadLetterKey(first++) });
      if (drops > 0) onDropped(drops);
      await db.batch(operations, { sync: true });
    },
  };
}
