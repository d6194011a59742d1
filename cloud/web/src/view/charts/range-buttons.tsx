// How much of the past is shown, counted back from the newest reading.

import { minuteMs } from '@wellhead/protocol';
import { useTime } from '../../format/use-time.ts';
import { type Range, type RangeName, rangeNames } from '../../page/page-address.ts';

const labels: Readonly<Record<RangeName, string>> = {
  '7d': 'Last 7 days',
  '30d': '30 days',
  '60d': '60 days',
  '1y': '1 year',
  all: 'All',
};

export function RangeButtons({
  range,
  onRange,
}: {
  readonly range: Range;
  readonly onRange: (range: Range) => void;
}) {
  const formatTime = useTime();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields
    <div class="ranges" role="group" aria-label="Range, back from the newest reading">
      {rangeNames.map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={'name' in range && range.name === name}
          onClick={() => onRange({ name })}
        >
          {labels[name]}
        </button>
      ))}
      {'name' in range ? null : (
        <span class="own-range">
          {formatTime(Math.round(range.from / minuteMs) * minuteMs)} to{' '}
          {formatTime(Math.round(range.to / minuteMs) * minuteMs)}
        </span>
      )}
    </div>
  );
}
