// Which readings of a range can be read, and what speaks against the others: nothing is called lost without it.
import { type KeyValueDb, readAtOnce } from '@wellhead/host';
import { type Range, RangeSet } from '@wellhead/protocol';
import { decodeStored } from './damage.ts';
import { blockKeys, firstSeqOf } from './keys.ts';
import { keyAtOrBefore } from './read-blocks.ts';

export interface Unreadable {
  readonly from: number;
  readonly to: number;
  /** The damaged blocks there with what is wrong with them, or the blocks between which nothing is. */
  readonly evidence: string;
}

export interface Readable {
  readonly readable: readonly Range[];
  readonly unreadable: readonly Unreadable[];
}

/** Evidence names so many damaged blocks and counts the others. */
const maxNamed = 5;

/** Looks at every block of the range, all at one moment. */
export function findReadable(db: KeyValueDb, sensor: string, [from, to]: Range): Promise<Readable> {
  return readAtOnce(db, async (view) => {
    const readable = new RangeSet();
    const damaged: { at: number; words: string }[] = [];
    const keys: number[] = [];
    const start = await keyAtOrBefore(view, sensor, from);
    for await (const [key, value] of view.iterator({ gte: start, lt: blockKeys(sensor).lt })) {
      const firstSeq = firstSeqOf(key);
      keys.push(firstSeq);
      if (firstSeq > to) break;
      const block = decodeStored(key, value, (_, error) =>
        damaged.push({ at: firstSeq, words: `${key}: ${error.message}` }),
      );
      if (block !== undefined) readable.add(Math.max(from, block.seqs[0]!), Math.min(to, block.seqs.at(-1)!));
    }
    const unreadable = readable.missing(from, to).map(([low, high]) => {
      // A damaged block reaches to where the next one begins.
      const there = damaged.filter(
        ({ at }) => at <= high && (keys.find((other) => other > at) ?? Number.POSITIVE_INFINITY) > low,
      );
      return { from: low, to: high, evidence: evidenceOf(there, keys, low, high) };
    });
    return { readable: readable.ranges, unreadable };
  });
}

function evidenceOf(
  damaged: readonly { words: string }[],
  keys: readonly number[],
  low: number,
  high: number,
): string {
  if (damaged.length > 0) {
    const named = damaged.slice(0, maxNamed).map(({ words }) => words);
    const more = damaged.length - named.length;
    return `damaged ${named.join('; ')}${more > 0 ? `; and ${more} more blocks` : ''}`;
  }
  const before = keys.findLast((key) => key < low);
  const behind = keys.find((key) => key > high);
  return `nothing between the block from ${before ?? 'the start'} and the block from ${behind ?? 'the end'}`;
}
