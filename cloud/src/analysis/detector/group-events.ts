// Single odd values that stand close together become one event, with a start, a peak and an end.
import type { Anomaly } from './anomaly.ts';

/** One episode: neighbouring anomalies together. All positions are those of the series. */
export interface AnomalyEvent {
  readonly start: number;
  readonly end: number;
  /** Where the value is farthest from the expected one. */
  readonly peak: number;
  readonly count: number;
}

/**
 * Groups anomalies in time order into events; up to `bridged` values between two anomalies of one event may
 * be no anomalies themselves.
 */
export function groupEvents(anomalies: readonly Anomaly[], bridged = 0): AnomalyEvent[] {
  const events: AnomalyEvent[] = [];
  let event: { start: number; end: number; peak: number; count: number } | undefined;
  let largest = 0;
  for (const { index, value, expected } of anomalies) {
    const distance = Math.abs(value - expected);
    if (event === undefined || index - event.end > bridged + 1) {
      event = { start: index, end: index, peak: index, count: 0 };
      events.push(event);
      largest = distance;
    }
    event.end = index;
    event.count++;
    if (distance > largest) {
      event.peak = index;
      largest = distance;
    }
  }
  return events;
}
