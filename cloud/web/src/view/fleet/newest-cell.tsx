// The newest values of one sensor in short, each with its unit and, where it is not good, its flag.
import type { SensorAnswer, StoredReading } from '../../../../src/api/answer/answers.ts';
import { flagWords } from '../../format/flag.ts';
import { formatValue } from '../../format/number.ts';
import { FlagMark } from '../flag-mark.tsx';

/** Enough to see that a sensor lives; all of them stand over its charts. */
const valuesShown = 3;

export interface NewestProps {
  readonly sensor: SensorAnswer;
  readonly reading: StoredReading | undefined;
}

export function NewestValues({ sensor, reading }: NewestProps) {
  if (reading === undefined) return null;
  const said = sensor.properties
    .filter(({ name }) => reading.values[name] !== undefined)
    .slice(0, valuesShown);
  return (
    <span class="newest">
      {said.map(({ name, title, unit, resolution }) => {
        const flag = reading.flags[name] ?? 1;
        return (
          <span key={name} title={title ?? name} class="nowrap">
            {formatValue(reading.values[name], resolution)}{' '}
            {(typeof reading.values[name] === 'number' && unit) || (title ?? name)}
            {flag > 2 ? (
              <>
                {' '}
                <FlagMark flag={flag} /> {flagWords[flag]}
              </>
            ) : null}
          </span>
        );
      })}
    </span>
  );
}
