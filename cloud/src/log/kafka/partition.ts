// Which partition a batch goes to: all batches of one gateway go to one, so that each sensor's order is kept.
import { decodeBatch, WellheadError } from '@wellhead/protocol';

/**
 * A batch is one record, keyed `site/gateway`. It holds blocks of many sensors; splitting it by sensor would make
 * ten records of one, and "durable as a whole" a transaction. A sensor speaks through one gateway at a time, so its
 * readings stay in order; where it moves to another, keys and revisions make the order between the two irrelevant.
 * Bytes that are no batch have no key.
 */
export function keyOf(batch: Uint8Array): string | null {
  try {
    const { site, gateway } = decodeBatch(batch);
    return `${site}/${gateway}`;
  } catch (error) {
    if (error instanceof WellheadError) return null;
    throw error;
  }
}

const offsetBasis = 0x811c9dc5;
const prime = 0x01000193;

/**
 * The partition of a key: FNV-1a over its UTF-8 bytes. Computed here and not by the client, which would choose
 * again at each repetition. What has no key goes to partition 0.
 */
export function partitionOf(key: string | null, partitions: number): number {
  if (key === null) return 0;
  let hash = offsetBasis;
  for (const byte of Buffer.from(key)) hash = Math.imul(hash ^ byte, prime);
  return (hash >>> 0) % partitions;
}
