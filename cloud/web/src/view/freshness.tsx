// Whether a sensor still speaks: in words, and by shape and colour.
import type { SensorAnswer, StoredReading } from '../../../src/api/answer/answers.ts';
import { formatAge } from '../format/time.ts';
import { useTime } from '../format/use-time.ts';
import { type FreshnessWord, judgeFreshness } from '../series/judge-freshness.ts';

const shapes: Readonly<Record<FreshnessWord, string>> = {
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
  const formatTime = useTime();
  const { word, received, measuredAt } = judgeFreshness(sensor, newest, now);
  return (
    <span class={`freshness ${word}`}>
      <FreshnessMark word={word} />
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

export function FreshnessMark({ word }: { readonly word: FreshnessWord }) {
  return (
    <svg viewBox="0 0 14 14" width="12" height="12" aria-hidden="true">
      <path d={shapes[word]} />
    </svg>
  );
}
