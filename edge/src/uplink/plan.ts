// What to send next: pure decisions over what is delivered, what is under way, and what is new.
import type { RangeSet } from '@wellhead/protocol';

/** One sensor as the planner sees it. */
export interface Outgoing {
  readonly sensor: string;
  /** Highest seq in the journal. */
  last: number;
  /** Readings above the mark came while the link was up: the fresh lane. Those up to it are backlog. */
  mark: number;
  /** Delivered or under way. */
  settled: RangeSet;
}

export interface Pick {
  readonly index: number;
  readonly sensor: string;
  readonly from: number;
  readonly to: number;
}

/** More fresh readings than this waiting on one sensor are a backlog themselves. */
export const freshLimit = 50_000;

/** The first range to send in a lane, starting the round at `start` so that no sensor waits for another. */
export function nextInLane(
  sensors: readonly Outgoing[],
  lane: 'fresh' | 'backlog',
  start: number,
): Pick | undefined {
  for (let step = 0; step < sensors.length; step++) {
    const index = (start + step) % sensors.length;
    const { sensor, last, mark, settled } = sensors[index]!;
    const [gap] =
      lane === 'fresh' ? settled.missing(mark + 1, last, 1) : settled.missing(1, Math.min(mark, last), 1);
    if (gap !== undefined) return { index, sensor, from: gap[0], to: gap[1] };
  }
  return undefined;
}

const smallestBatch = 2 * 1024;
const largestBatch = 128 * 1024;

/** Batches grow while receipts come quickly and shrink while they come slowly: about a second a batch. */
export function nextBatchBytes(current: number, receiptMs: number): number {
  if (receiptMs < 1_000) return Math.min(largestBatch, current * 2);
  if (receiptMs > 5_000) return Math.max(smallestBatch, Math.floor(current / 2));
  return current;
}
