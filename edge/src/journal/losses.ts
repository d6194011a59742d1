// The list of what a sensor lost: ranges of seq, each with its reason, in the order they were found.
import type { LossReason, Range } from '@wellhead/protocol';

export type LostRange = [from: number, to: number, reason: LossReason];

/** Adds a range; one that goes on where the last one ended, for the same reason, becomes a part of it. */
export function addLoss(lost: LostRange[], [from, to]: Range, reason: LossReason): void {
  const last = lost.at(-1);
  if (last !== undefined && last[1] + 1 === from && last[2] === reason) last[1] = to;
  else lost.push([from, to, reason]);
}

/** Takes a range out of the list, which changes in place. @returns what of it was in there */
export function removeLoss(lost: LostRange[], [from, to]: Range): Range[] {
  if (to < from) return [];
  const kept: LostRange[] = [];
  const taken: Range[] = [];
  for (const [low, high, reason] of lost) {
    if (high < from || low > to) {
      kept.push([low, high, reason]);
      continue;
    }
    taken.push([Math.max(low, from), Math.min(high, to)]);
    if (low < from) kept.push([low, from - 1, reason]);
    if (high > to) kept.push([to + 1, high, reason]);
  }
  lost.splice(0, lost.length, ...kept);
  return taken;
}
