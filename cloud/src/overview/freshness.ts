// Says in one word whether a sensor still speaks.
import { hourMs } from '@wellhead/protocol';

/** `never`: the sensor is set up at a gateway, and nothing of it has arrived. */
export type FreshnessWord = 'fresh' | 'late' | 'silent' | 'never';

export interface Freshness {
  readonly word: FreshnessWord;
  readonly secondsSinceStored: number | null;
  readonly secondsSinceMeasured: number | null;
  /** Later than this after the last storing the word becomes `late`. */
  readonly lateAfterSeconds: number;
  readonly silentAfterSeconds: number;
}

export interface Rhythm {
  readonly intervalMs: number;
  readonly gapSteps: number;
}

/** Sensors of a type that this cloud does not know: an hour is what most loggers do. */
export const assumedRhythm: Rhythm = { intervalMs: hourMs, gapSteps: 2 };

/** A link that is down for a few intervals is everyday life; that many times the gap is a reason to go there. */
const silentGaps = 6;

/**
 * Judged by when readings were stored, not by when they were measured: a gateway that sends last month's
 * backlog is alive, and a replayed file of 2017 is as fresh as its last arrival.
 */
export function judgeFreshness(
  last: { readonly storedAt: number; readonly measuredAt: number } | undefined,
  rhythm: Rhythm,
  now: number,
): Freshness {
  const lateAfter = rhythm.intervalMs * rhythm.gapSteps;
  const limits = { lateAfterSeconds: lateAfter / 1000, silentAfterSeconds: (lateAfter * silentGaps) / 1000 };
  if (last === undefined)
    return { word: 'never', secondsSinceStored: null, secondsSinceMeasured: null, ...limits };
  const sinceStored = Math.max(0, now - last.storedAt);
  const word = sinceStored <= lateAfter ? 'fresh' : sinceStored <= lateAfter * silentGaps ? 'late' : 'silent';
  return {
    word,
    secondsSinceStored: Math.round(sinceStored / 1000),
    secondsSinceMeasured: Math.round((now - last.measuredAt) / 1000),
    ...limits,
  };
}
