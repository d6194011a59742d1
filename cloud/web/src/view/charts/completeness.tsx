// Says which readings have arrived, and of each that has not, where it is.
import type { OriginAnswer, SensorAnswer } from '../../../../src/api/answer/answers.ts';
import { formatCount } from '../../format/number.ts';

type Missing = OriginAnswer['missing'][number];

/** More would push the charts off the screen; the API lists all. */
const rangesListed = 6;

const states: Readonly<Record<Missing['state'], string>> = {
  'not yet sent': 'waiting',
  'on request': 'held',
  requested: 'waiting',
  'lost at the edge': 'lost',
  unknown: 'unknown',
};

export function Completeness({ sensor }: { readonly sensor: SensorAnswer }) {
  if (sensor.origins.length === 0)
    return (
      <p class="completeness muted">
        {sensor.readings === 0
          ? 'No reading has arrived yet.'
          : 'This publisher numbers no readings, so missing ones cannot be counted.'}
      </p>
    );
  return (
    <div class="completeness">
      {sensor.origins.map((origin) => (
        <Origin key={origin.origin} origin={origin} showName={sensor.origins.length > 1} />
      ))}
    </div>
  );
}

function Origin({
  origin: { origin, highest, missing },
  showName,
}: {
  origin: OriginAnswer;
  showName: boolean;
}) {
  const end = Math.max(highest, ...missing.map(({ to }) => to));
  const count = missing.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  const journal = showName ? ` (journal ${origin.slice(0, 8)})` : '';
  return (
    <div class="origin">
      <div class="seq-strip" aria-hidden="true">
        {missing.map((range) => (
          <span
            key={range.from}
            class={states[range.state]}
            style={{
              left: `${((range.from - 1) / end) * 100}%`,
              width: `${((range.to - range.from + 1) / end) * 100}%`,
            }}
          />
        ))}
      </div>
      {count === 0 ? (
        <p>
          Readings 1 to {formatCount(end)}
          {journal}: <b class="complete">complete</b>, none missing.
        </p>
      ) : (
        <p>
          Readings 1 to {formatCount(end)}
          {journal}: <b>{formatCount(count)} missing</b>.{' '}
          {missing.slice(0, rangesListed).map((range) => (
            <span key={range.from} class={`range ${states[range.state]}`}>
              {rangeText(range)}
            </span>
          ))}
          {missing.length > rangesListed ? ` and ${missing.length - rangesListed} more ranges.` : ''}
        </p>
      )}
    </div>
  );
}

function rangeText({ from, to, state, reason }: Missing): string {
  const seqs = from === to ? formatCount(from) : `${formatCount(from)}–${formatCount(to)}`;
  return `${seqs} ${state}${reason === undefined ? '' : ` (${reason})`}`;
}
