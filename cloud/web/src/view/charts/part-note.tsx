// Says so where a range holds more readings than the page loads.
import type { SensorAnswer } from '../../../../src/api/answers.ts';
import type { LoadedCharts } from '../../data/extend-loaded.ts';
import { sensorKey } from '../../data/use-sensors.ts';
import { formatCount } from '../../format/number.ts';
import { useTime } from '../../format/use-time.ts';

interface PartNoteProps extends Pick<LoadedCharts, 'bySensor'> {
  readonly sensors: readonly SensorAnswer[];
}

export function PartNote({ sensors, bySensor }: PartNoteProps) {
  const formatTime = useTime();
  return (
    <>
      {sensors.map((sensor) => {
        const loaded = bySensor.get(sensorKey(sensor));
        return loaded?.isPart ? (
          <p key={sensor.sensor} class="notice">
            This range holds more readings of {sensor.title} than the page shows. Shown are{' '}
            {formatCount(loaded.readings.length)} from {formatTime(Math.ceil(loaded.from / 60_000) * 60_000)}{' '}
            to {formatTime(loaded.to - 1)}. Choose a shorter range or zoom in; the CSV holds all.
          </p>
        ) : null;
      })}
    </>
  );
}
