// Long series are judged in blocks, so that a slow change of level does not make everything extreme.
import { dayMs } from '@wellhead/protocol';
import { Unsuitable } from '../unsuitable.ts';

/** Positions from `from` up to, but not with, `to`. */
export interface Block {
  readonly from: number;
  readonly to: number;
}

/** Blocks of equal length; what is left at the end is judged within the last full length of the series. */
export function blocksOfLength(count: number, length: number): Block[] {
  const blocks: Block[] = [];
  for (let from = 0; from < count; from += length)
    blocks.push(
      from + length <= count ? { from, to: from + length } : { from: Math.max(0, count - length), to: count },
    );
  return blocks;
}

/**
 * Blocks of `days` days, each beginning `step` values after the one before. One that reaches over the end of
 * the series becomes the last `days` days of it.
 *
 * @param times in ms, in order
 */
export function blocksOfDays(times: Float64Array, { days, step }: { days: number; step: number }): Block[] {
  if (!(step >= 1)) throw new Unsuitable('longterm', `a block holds at least one value, not ${step}`);
  const span = days * dayMs;
  const last = times[times.length - 1]!;
  const blocks: Block[] = [];
  for (let from = 0; from < times.length; from += step) {
    const end = times[from]! + span;
    if (end <= last) blocks.push({ from, to: firstNotBefore(times, end) });
    else blocks.push({ from: firstNotBefore(times, last - span + 1), to: times.length });
  }
  return blocks;
}

function firstNotBefore(times: Float64Array, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
