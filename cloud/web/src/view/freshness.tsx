// Whether a sensor still speaks: in words, and by shape and colour.
import type { SensorAnswer } from '../../../src/api/answers.ts';
import type { StoredReading } from '../../../src/store/reading-store.ts';
import { formatAge, formatTime } from '../format/time.ts';

type Word = SensorAnswer['freshness']['word'];

const shapes: Readonly<Record<Word, string>> = {
  fresh: 'M7 2a5 5 0 1 1 0 10a5 5 0 1 1 0-10z',
  late: 'M7 1.5L13 12.5H1z',
  silent: 'M2 2H12V12H2z',
  never: 'M7 2.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0-9z',
};

interface FreshnessProps {
  readonly sensor: SensorAnswer;
  readonly newest: StoredReading | undefined;
  readonly now: number;
}

export function Freshness({ sensor, newest, now }: FreshnessProps) {
  const { word, received, measuredAt } = judge(sensor, newest, now);
  return (
    <span class={`freshness ${word}`}>
      <svg viewBox="0 0 14 14" width="12" height="12" aria-hidden="true">
        <path d={shapes[word]} />
      </svg>
      <span>
        {received === undefined || measuredAt === undefined ? (
          'set up, no reading yet'
        ) : (
          <>
            <b>{word}</b> · received {formatAge(received)} ago ·{' '}
            <span class="nowrap">measured {formatTime(measuredAt)}</span>
          </>
        )}
      </span>
    </span>
  );
}

/** The server's rule, applied to what has arrived since it was asked. */
function judge(
  { lastStoredAt, lastMeasuredAt, freshness }: SensorAnswer,
  newest: StoredReading | undefined,
  now: number,
) {
  const storedAt =
    Math.max(Date.parse(lastStoredAt ?? ''), Date.parse(newest?.storedAt ?? '')) ||
    Date.parse(lastStoredAt ?? newest?.storedAt ?? '');
  const measured = newest?.measuredAt ?? lastMeasuredAt;
  if (Number.isNaN(storedAt) || measured === null)
    return { word: 'never' as const, received: undefined, measuredAt: undefined };
  const received = Math.max(0, (now - storedAt) / 1000);
  const word: Word =
    received <= freshness.lateAfterSeconds
      ? 'fresh'
      : received <= freshness.silentAfterSeconds
        ? 'late'
        : 'silent';
  return { word, received, measuredAt: Date.parse(measured) };
}
