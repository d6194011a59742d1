// What stands over the charts of one sensor: what it is, what it says now, whether all has arrived.
import type { SensorAnswer, StoredReading } from '../../../../src/api/answer/answers.ts';
import { formatCount } from '../../format/number.ts';
import { useTime } from '../../format/use-time.ts';
import { Freshness } from '../freshness.tsx';
import { Completeness } from './completeness.tsx';
import { NewestValues } from './newest-values.tsx';

interface SensorHeadProps {
  readonly sensor: SensorAnswer;
  readonly newest: StoredReading | undefined;
  readonly now: number;
}

export function SensorHead({ sensor, newest, now }: SensorHeadProps) {
  const formatTime = useTime();
  return (
    <>
      <header class="sensor-header">
        <div>
          <h1>{sensor.title}</h1>
          <p class="muted">
            {sensor.site}/{sensor.sensor} · {sensor.typeTitle ?? (sensor.type || 'unknown type')} ·{' '}
            {formatCount(sensor.readings)} readings
            {sensor.firstMeasuredAt === null
              ? ''
              : ` since ${formatTime(Date.parse(sensor.firstMeasuredAt))}`}
            {sensor.datum === undefined ? '' : ` · levels above ${sensor.datum}`}
          </p>
        </div>
        <Freshness sensor={sensor} newest={newest} now={now} />
      </header>
      <NewestValues sensor={sensor} reading={newest} />
      <Completeness sensor={sensor} />
    </>
  );
}
