// How much of each day has arrived, out of what the rhythm of the sensor lets expect.
import { dayMs } from '@wellhead/protocol';
import type { StoredReading, ThinnedAnswer } from '../../../../src/api/answer/answers.ts';

export interface DayShare {
  /** First moment of the day, UTC: milliseconds since 1970. */
  readonly day: number;
  readonly readings: number;
  readonly expected: number;
}

export interface Life {
  /** Half-open, milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  readonly intervalMs: number;
}

/** One entry a day from the first to the last; the first and last are expected in part only. */
export function dayShares(counts: ReadonlyMap<number, number>, { from, to, intervalMs }: Life): DayShare[] {
  const days: DayShare[] = [];
  for (let day = dayOf(from); day < to; day += dayMs) {
    const shared = Math.min(to, day + dayMs) - Math.max(from, day);
    // A reading at the first moment and one at the last make one more than there are steps between them.
    const expected = Math.floor((shared - 1) / intervalMs) + 1;
    days.push({ day, readings: counts.get(day) ?? 0, expected });
  }
  return days;
}

/** Readings by day. Buckets are never longer than a day here. */
export function countByDay(
  thinned: ThinnedAnswer | undefined,
  readings: readonly StoredReading[],
): Map<number, number> {
  const counts = new Map<number, number>();
  const add = (time: string, count: number) => {
    const day = dayOf(Date.parse(time));
    counts.set(day, (counts.get(day) ?? 0) + count);
  };
  for (const bucket of thinned?.buckets ?? []) add(bucket.start, bucket.readings);
  for (const { measuredAt } of readings) add(measuredAt, 1);
  return counts;
}

function dayOf(time: number): number {
  return Math.floor(time / dayMs) * dayMs;
}

/** Four steps are what an eye tells apart: none, some, most, all. */
export function stepOf({ readings, expected }: DayShare): 0 | 1 | 2 | 3 {
  if (readings === 0) return 0;
  const share = readings / expected;
  return share < 0.5 ? 1 : share < 0.995 ? 2 : 3;
}
