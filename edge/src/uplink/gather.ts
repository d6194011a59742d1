// Stored blocks for one batch: neighbouring in seq, small ones joined.
import {
  type Block,
  blockOf,
  encodeBlock,
  mergeBlocks,
  type Range,
  rowsOf,
  sameHead,
  type WellheadError,
} from '@wellhead/protocol';
import { decodeStored } from '../journal/damage.ts';
import type { Journal } from '../journal/journal.ts';
import type { Pick } from './plan.ts';

export interface Gathered {
  readonly blocks: readonly Uint8Array[];
  /** First and last seq of them. */
  readonly from: number;
  readonly to: number;
  readonly bytes: number;
  /** When the newest of the readings was measured, wherever it stands: milliseconds since 1970, UTC. */
  readonly newest: number;
  /** When the gateway received the oldest of them: milliseconds since 1970, UTC. */
  readonly receivedAt: number;
}

/** What one look at the journal gives. */
export interface Found {
  /** The first readings of the pick that can be read. */
  readonly gathered?: Gathered;
  /** What lies before them, or the whole of what was looked at, and cannot be read. */
  readonly unreadable?: Range;
}

export interface GatherOptions {
  readonly journal: Journal;
  readonly onDamaged: (key: string, error: WellheadError) => void;
}

/** Blocks with fewer readings are joined before they are sent: a header a reading is dear on a slow link. */
const smallBlock = 100;

/** Reads what the pick names, about `maxBytes` of it. */
export async function gatherBlocks(
  { journal, onDamaged }: GatherOptions,
  { sensor, from, to }: Pick,
  maxBytes: number,
): Promise<Found> {
  const { blocks: stored, behind } = await journal.read(sensor, from, to, maxBytes);
  const blocks: { block: Block; bytes: Uint8Array }[] = [];
  let next: number | undefined;
  for (const { firstSeq, bytes } of stored) {
    const block = decodeStored(`${sensor} from ${firstSeq}`, bytes, onDamaged);
    if (block === undefined || block.seqs.at(-1)! < from || block.seqs[0]! > to) continue;
    if (next !== undefined && block.seqs[0] !== next) break;
    const wanted = within(block, from, to);
    next = wanted.seqs.at(-1)! + 1;
    blocks.push({ block: wanted, bytes: wanted === block ? bytes : encodeBlock(wanted) });
  }
  const first = blocks[0]?.block.seqs[0];
  if (first === undefined || next === undefined)
    return { unreadable: [from, Math.min(to, (behind ?? to + 1) - 1)] };
  const joined = joinSmall(blocks);
  const gathered = {
    blocks: joined,
    from: first,
    to: next - 1,
    bytes: joined.reduce((sum, block) => sum + block.length, 0),
    newest: newestOf(blocks.map(({ block }) => block)),
    receivedAt: Math.min(...blocks.map(({ block }) => oldestOf(block.receivedAt))),
  };
  return first > from ? { gathered, unreadable: [from, first - 1] } : { gathered };
}

/** Seqs follow the order of arrival: a file that is read late, or a clock that was set, puts older readings behind. */
function newestOf(blocks: readonly Block[]): number {
  let newest = Number.NEGATIVE_INFINITY;
  for (const { measuredAt } of blocks) for (const time of measuredAt) newest = Math.max(newest, time);
  return newest;
}

function oldestOf(times: Float64Array): number {
  let oldest = Number.POSITIVE_INFINITY;
  for (const time of times) oldest = Math.min(oldest, time);
  return oldest;
}

/** Packed blocks hold delivered readings beside those that wait: a slow link need not carry them again. */
function within(block: Block, from: number, to: number): Block {
  if (block.seqs[0]! >= from && block.seqs.at(-1)! <= to) return block;
  return blockOf(
    block,
    rowsOf(block).filter(({ seq }) => seq >= from && seq <= to),
  );
}

function joinSmall(blocks: readonly { block: Block; bytes: Uint8Array }[]): Uint8Array[] {
  const out: Uint8Array[] = [];
  for (let i = 0; i < blocks.length; ) {
    const run: [Block, ...Block[]] = [blocks[i]!.block];
    let end = i + 1;
    while (
      end < blocks.length &&
      blocks[end]!.block.count < smallBlock &&
      run[0].count < smallBlock &&
      sameHead(run[0], blocks[end]!.block)
    ) {
      run.push(blocks[end]!.block);
      end++;
    }
    out.push(run.length === 1 ? blocks[i]!.bytes : encodeBlock(mergeBlocks(run)));
    i = end;
  }
  return out;
}
