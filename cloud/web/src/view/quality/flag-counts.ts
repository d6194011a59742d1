// Which causes flagged how many values, week by week.
import { dayMs } from '@wellhead/protocol';
import type { StoredReading } from '../../../../src/api/answer/answers.ts';

const weekMs = 7 * dayMs;
/** Weeks begin on Mondays; the first of January 1970 was a Thursday. */
const mondayMs = 4 * dayMs;

export interface CauseCounts {
  readonly cause: string;
  readonly total: number;
  /** By week, in the order of `weeks`. */
  readonly counts: readonly number[];
}

export interface FlagCounts {
  /** First moments of the weeks, UTC: milliseconds since 1970. */
  readonly weeks: readonly number[];
  /** The most frequent first. */
  readonly causes: readonly CauseCounts[];
}

export function countFlags(readings: readonly StoredReading[], from: number, to: number): FlagCounts {
  const first = weekOf(from);
  const weeks = Array.from(
    { length: Math.max(1, Math.ceil((to - first) / weekMs)) },
    (_, i) => first + i * weekMs,
  );
  const byCause = new Map<string, number[]>();
  for (const { measuredAt, flags, causes } of readings) {
    const week = (weekOf(Date.parse(measuredAt)) - first) / weekMs;
    for (const [property, flag] of Object.entries(flags)) {
      if (flag < 3) continue;
      const cause = causes[property] ?? 'no cause given';
      const counts = byCause.get(cause) ?? new Array<number>(weeks.length).fill(0);
      if (counts[week] !== undefined) counts[week]++;
      byCause.set(cause, counts);
    }
  }
  const causes = [...byCause].map(([cause, counts]) => ({
    cause,
    counts,
    total: counts.reduce((sum, count) => sum + count, 0),
  }));
  return { weeks, causes: causes.sort((a, b) => b.total - a.total) };
}

function weekOf(time: number): number {
  return Math.floor((time - mondayMs) / weekMs) * weekMs + mondayMs;
}
