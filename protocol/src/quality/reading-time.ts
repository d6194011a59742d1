// Whether a reading’s time can be right: not from the future, and later than the one before it.
import { type Cause, causes } from '../reading/cause.ts';
import { type Flag, flags } from '../reading/flag.ts';

/** How a sensor's readings follow each other in time; `newest` is the one thing that changes. Milliseconds. */
export interface ReadingTimes {
  readonly futureMs: number;
  readonly gapMs: number;
  newest: number;
}

export function readingTimesOf(futureMs: number, gapMs: number): ReadingTimes {
  return { futureMs, gapMs, newest: Number.NEGATIVE_INFINITY };
}

/**
 * Judges when a reading was taken against the newest one before it, and remembers it if it is in order.
 *
 * - A reading from the future is not remembered: else all that follow would seem to run backwards.
 * - A newest one that is itself in the future of `receivedAt` was taken by a clock since set back; it is forgotten.
 * - A gap is known when the reading after it arrives. QARTOD gives the missing data a flag (9); here there is
 *   no reading to give it to, and the one that ends the gap did nothing wrong: it stays good, with the cause `gap`.
 */
export function judgeTime(times: ReadingTimes, measuredAt: number, receivedAt: number): Cause {
  const horizon = receivedAt + times.futureMs;
  if (measuredAt > horizon) return causes['future-time'];
  if (times.newest > horizon) times.newest = Number.NEGATIVE_INFINITY;
  const newest = times.newest;
  if (measuredAt > newest) {
    times.newest = measuredAt;
    return measuredAt - newest > times.gapMs && newest !== Number.NEGATIVE_INFINITY
      ? causes.gap
      : causes.none;
  }
  return measuredAt === newest ? causes['duplicate-time'] : causes['backwards-time'];
}

/** The flag that goes with what `judgeTime` found. */
export function timeFlagOf(cause: Cause): Flag {
  if (cause === causes.none || cause === causes.gap) return flags.good;
  return cause === causes['future-time'] ? flags.bad : flags.suspect;
}
