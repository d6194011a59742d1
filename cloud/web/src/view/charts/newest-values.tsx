// The newest value of every property, large.
import type { SensorAnswer, StoredReading } from '../../../../src/api/answer/answers.ts';
import { describeFlag } from '../../format/flag.ts';
import { formatValue } from '../../format/number.ts';
import { FlagMark } from '../flag-mark.tsx';

export function NewestValues({
  sensor,
  reading,
}: {
  readonly sensor: SensorAnswer;
  readonly reading: StoredReading | undefined;
}) {
  if (reading === undefined) return null;
  return (
    <dl class="newest-values">
      {sensor.properties
        .filter(({ name }) => reading.values[name] !== undefined)
        .map(({ name, title, unit, resolution }) => {
          const flag = reading.flags[name] ?? 1;
          return (
            <div key={name} class="tile">
              <dt>{title ?? name}</dt>
              <dd>
                <b>{formatValue(reading.values[name], resolution)}</b>{' '}
                <span class="unit">{typeof reading.values[name] === 'number' ? unit : ''}</span>
                <span class="tile-flag">
                  <FlagMark flag={flag} /> {describeFlag(flag, reading.causes[name])}
                </span>
              </dd>
            </div>
          );
        })}
    </dl>
  );
}
