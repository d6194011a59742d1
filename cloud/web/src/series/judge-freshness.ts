// Whether a sensor still speaks, by what has arrived since the server was asked.
import type { SensorAnswer, StoredReading } from '../../../src/api/answer/answers.ts';

export type FreshnessWord = SensorAnswer['freshness']['word'];

export interface Judged {
  readonly word: FreshnessWord;
  /** Seconds since the newest reading was stored. */
  readonly received?: number;
  readonly measuredAt?: number;
}

/** The server's rule. `now` is the cloud's clock in milliseconds. */
export function judgeFreshness(
  { lastStoredAt, lastMeasuredAt, freshness }: SensorAnswer,
  newest: StoredReading | undefined,
  now: number,
): Judged {
  const known = [lastStoredAt, newest?.storedAt]
    .map((time) => Date.parse(time ?? ''))
    .filter((time) => time > 0);
  const measured = newest?.measuredAt ?? lastMeasuredAt;
  if (known.length === 0 || measured === null) return { word: 'never' };
  const received = Math.max(0, (now - Math.max(...known)) / 1000);
  const word =
    received <= freshness.lateAfterSeconds
      ? 'fresh'
      : received <= freshness.silentAfterSeconds
        ? 'late'
        : 'silent';
  return { word, received, measuredAt: Date.parse(measured) };
}
