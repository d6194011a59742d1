// How good a reading is in one word, by the worst of its flags.
import { type Flag, flagWords } from '@wellhead/protocol';

/** From the best to the worst. A reading that lacks a value is worse than a good one, and better than a wrong one. */
const worsening: readonly Flag[] = [1, 2, 9, 3, 4];
const rankOf = new Map<number, number>(worsening.map((flag, rank) => [flag, rank]));

/** The rank of a flag; a flag of a newer program counts as suspect. */
export function rankOfFlag(flag: number): number {
  return rankOf.get(flag) ?? worsening.indexOf(3);
}

/** The inverse of `rankOfFlag`. */
export function flagOfRank(rank: number): Flag {
  return worsening[rank]!;
}

/** One word for a whole reading, by the worst of its ranks: for people who look at many at once. */
export function qualityWord(worstRank: number): string {
  return flagWords[flagOfRank(worstRank)];
}
