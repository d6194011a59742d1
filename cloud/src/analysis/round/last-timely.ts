// How far the readings of a sensor reach, without believing a clock that is far ahead.
import { dayMs } from '@wellhead/protocol';
import type { SensorSummary } from '../../store/reading-store.ts';

const aheadMost = dayMs;

/**
 * Time of the newest reading, as far as it can be: a clock that is centuries ahead must not make quarters of the future.
 */
export function lastTimely({ lastMeasuredAt, lastStoredAt }: SensorSummary): number {
  return Math.min(lastMeasuredAt, lastStoredAt + aheadMost);
}
