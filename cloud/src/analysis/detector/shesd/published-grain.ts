// The cycle that S-H-ESD takes as its authors published it, for whoever compares results with theirs.
import { dayMs, hourMs, minuteMs } from '@wellhead/protocol';
import { Unsuitable } from '../unsuitable.ts';

export interface Grain {
  readonly step: 'day' | 'hour' | 'minute';
  readonly period: number;
}

/**
 * The period as published: from the step between the last two times alone. Steps of 15 minutes run as steps of
 * one, in periods of 1,440 values, which is 15 days: whoever knows better names the period.
 *
 * @param times in ms, in order
 * @throws Unsuitable `time` for fewer than two times, and for steps under a minute, which were summed to minutes
 */
export function publishedGrain(times: Float64Array): Grain {
  const step = times[times.length - 1]! - times[times.length - 2]!;
  if (step >= dayMs) return { step: 'day', period: 7 };
  if (step >= hourMs) return { step: 'hour', period: 24 };
  if (step >= minuteMs) return { step: 'minute', period: 1_440 };
  throw new Unsuitable('time', 'values must be a minute or more apart; sum or average them to minutes first');
}
