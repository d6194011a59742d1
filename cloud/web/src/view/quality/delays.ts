// How late readings arrive: from being measured to being stored.
import { dayMs, hourMs, minuteMs } from '@wellhead/protocol';
import type { StoredReading } from '../../../../src/api/answer/answers.ts';

/** Upper bounds, not included; the last takes everything. */
const bounds = [
  [10_000, 'under 10 s'],
  [minuteMs, 'under 1 min'],
  [10 * minuteMs, 'under 10 min'],
  [hourMs, 'under 1 h'],
  [6 * hourMs, 'under 6 h'],
  [dayMs, 'under 1 d'],
  [7 * dayMs, 'under 7 d'],
  [Number.POSITIVE_INFINITY, '7 d or more'],
] as const;

export interface DelayCount {
  readonly label: string;
  readonly readings: number;
}

export function countDelays(readings: readonly StoredReading[]): DelayCount[] {
  const counts = bounds.map(([, label]) => ({ label, readings: 0 }));
  for (const { measuredAt, storedAt } of readings) {
    const delay = Date.parse(storedAt) - Date.parse(measuredAt);
    counts[bounds.findIndex(([below]) => delay < below)]!.readings++;
  }
  return counts;
}
