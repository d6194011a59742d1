// Live or historical: old readings are marked, so that nobody is paged for last month as if it were now.

export const lanes = { live: 0, historical: 1 } as const;
export type Lane = keyof typeof lanes;

/** The lane of readings of which the newest was measured then. */
export function laneOf(newestMeasuredAt: number, now: number, freshForMs: number): Lane {
  return now - newestMeasuredAt <= freshForMs ? 'live' : 'historical';
}
