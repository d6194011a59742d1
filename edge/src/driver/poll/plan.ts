// From the keys of a driver that asks to the plan of its turns.
import type { SensorType } from '@wellhead/protocol';
import type { PollPlan } from './poll.ts';

interface PollConfig {
  readonly every?: number | undefined;
  readonly offset: number;
  readonly timeout: number;
  readonly retries: number;
}

/** `timeoutMs`: how long a whole turn may take, where it is more than one answer. */
export function pollPlan(
  type: SensorType,
  { every, offset, timeout, retries }: PollConfig,
  timeoutMs = timeout,
): PollPlan {
  return { everyMs: every ?? type.interval, offsetMs: offset, timeoutMs, retries };
}
