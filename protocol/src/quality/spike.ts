// A value far from those before it, without blaming what returns from one or a step that stays.
import { type Flag, flags } from '../reading/flag.ts';
import { flagAbove, type Limits } from './limits.ts';

/** The last three values that reached the spike test, oldest first in `a`; `count` of them are there. */
export interface RecentValues {
  a: number;
  b: number;
  c: number;
  count: number;
}

export function noRecentValues(): RecentValues {
  return { a: Number.NaN, b: Number.NaN, c: Number.NaN, count: 0 };
}

/**
 * QARTOD's spike test compares a value with both neighbours; on arrival there is no later one. So a value is
 * a spike when it is far from the median of the three values before it *and* from the last good one.
 *
 * The three include values this very test blamed, so that a real step moves the median: at most two readings
 * are blamed for it, also where the step is above the bad limit. The last good value (NaN if there is none)
 * keeps the return from a spike of two readings free of blame.
 *
 * With fewer than three before it, a value is compared with the nearest of them, and is suspect at most:
 * of two values that disagree nobody can say which is wrong.
 */
export function judgeSpike(limits: Limits, recent: RecentValues, lastGood: number, value: number): Flag {
  if (recent.count === 0) return flags.good;
  let departure = recent.count === 3 ? Math.abs(value - medianOf(recent)) : nearest(recent, value);
  const fromGood = Math.abs(value - lastGood);
  if (fromGood < departure) departure = fromGood;
  const flag = flagAbove(limits, departure);
  return flag === flags.bad && recent.count < 3 ? flags.suspect : flag;
}

/** Takes a value into the last three. */
export function rememberRecent(recent: RecentValues, value: number): void {
  recent.a = recent.b;
  recent.b = recent.c;
  recent.c = value;
  if (recent.count < 3) recent.count++;
}

function nearest(recent: RecentValues, value: number): number {
  const fromLast = Math.abs(value - recent.c);
  return recent.count === 1 ? fromLast : Math.min(fromLast, Math.abs(value - recent.b));
}

function medianOf({ a, b, c }: RecentValues): number {
  if (a > b) return b > c ? b : a > c ? c : a;
  return a > c ? a : b > c ? c : b;
}
