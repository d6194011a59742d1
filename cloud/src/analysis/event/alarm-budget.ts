// A sensor that cries wolf is asked for more: nobody reads the tenth alarm of a week.
import { dayMs } from '@wellhead/protocol';
import type { DetectedEvent } from '../../event/event.ts';

export interface AlarmBudget {
  /** Process events in so much time after which more is asked for, ms. */
  readonly most: number;
  readonly within: number;
  /** The score that an event then needs. */
  readonly score: number;
}

export const alarmBudget: AlarmBudget = { most: 10, within: 7 * dayMs, score: 2 };

export interface Budgeted {
  readonly events: readonly DetectedEvent[];
  /** The process events that were left out, by start. */
  readonly leftOut: readonly DetectedEvent[];
}

/**
 * Leaves out process events of little weight while a sensor is over its budget. Goes by the start of the events, and
 * looks back only: what comes later changes nothing.
 * @param events by start
 */
export function keepBudget(
  events: readonly DetectedEvent[],
  { most, within, score }: AlarmBudget = alarmBudget,
): Budgeted {
  const kept: DetectedEvent[] = [];
  const leftOut: DetectedEvent[] = [];
  let recent: number[] = [];
  for (const event of events) {
    if (event.kind !== 'process') {
      kept.push(event);
      continue;
    }
    recent = recent.filter((start) => start > event.start - within);
    if (recent.length >= most && event.score < score) leftOut.push(event);
    else {
      kept.push(event);
      recent.push(event.start);
    }
  }
  return { events: kept, leftOut };
}
