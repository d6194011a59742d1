// A value that has not changed for too long, as from a sensor that is stuck.
import { type Flag, flags } from '../reading/flag.ts';
import type { QualitySettings } from '../sensor-type/schema.ts';

export interface FlatLineLimits {
  readonly suspectMs: number;
  readonly badMs: number;
  readonly tolerance: number;
}

/** A run of values that lie within the tolerance of each other, and how long it has been watched. */
export interface FlatRun {
  low: number;
  high: number;
  at: number;
  lastedMs: number;
}

export function flatLineLimitsOf(written: QualitySettings['flatLine']): FlatLineLimits {
  return {
    suspectMs: written?.suspect ?? Number.POSITIVE_INFINITY,
    badMs: written?.bad ?? Number.POSITIVE_INFINITY,
    // Without settings no two values are alike, and with 0 equal ones are; the slack is that of every limit.
    tolerance: written ? written.tolerance * (1 + 1e-9) : Number.NEGATIVE_INFINITY,
  };
}

export function noFlatRun(): FlatRun {
  return { low: Number.NaN, high: Number.NaN, at: Number.NEGATIVE_INFINITY, lastedMs: 0 };
}

/**
 * No change for a given time. Memory is constant: of the run only lowest, highest and duration are kept, so a
 * value that leaves the tolerance starts a new run by itself; runs are never found too long, now and then too short.
 *
 * A gap neither ends the run nor counts towards it: what the value did meanwhile is not known.
 */
export function judgeFlatLine(
  limits: FlatLineLimits,
  run: FlatRun,
  gapMs: number,
  value: number,
  at: number,
): Flag {
  const low = Math.min(value, run.low);
  const high = Math.max(value, run.high);
  const since = at - run.at;
  run.at = at;
  if (high - low <= limits.tolerance) {
    run.low = low;
    run.high = high;
    if (since > 0 && since <= gapMs) run.lastedMs += since;
  } else {
    run.low = value;
    run.high = value;
    run.lastedMs = 0;
  }
  if (run.lastedMs >= limits.badMs) return flags.bad;
  return run.lastedMs >= limits.suspectMs ? flags.suspect : flags.good;
}
