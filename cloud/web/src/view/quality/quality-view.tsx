// Whether all has arrived, how late, and how good it is: one sensor at a time.
import { useMemo } from 'preact/hooks';
import { sensorKey } from '../../client/use-sensors.ts';
import { useTime } from '../../format/use-time.ts';
import { Completeness } from '../charts/completeness.tsx';
import type { ViewProps } from '../view-props.ts';
import { AskAgain } from './ask-again.tsx';
import { SensorQuality } from './sensor-quality.tsx';

export function QualityView({ overview, address, links }: ViewProps) {
  const formatTime = useTime();
  const withReadings = useMemo(
    () => overview.sensors.filter(({ readings }) => readings > 0),
    [overview.sensors],
  );
  const sensor =
    withReadings.find((one) => one.site === address.site && one.sensor === address.sensor) ??
    withReadings.find((one) => one.site === address.site) ??
    withReadings[0];
  if (sensor === undefined)
    return <p class="notice">No sensor has sent a reading yet. This view fills with the first one.</p>;
  return (
    <>
      <header class="view-header">
        <h1>Quality</h1>
        <p class="muted">
          {sensor.title}: readings since {formatTime(Date.parse(sensor.firstMeasuredAt ?? ''))}
        </p>
      </header>
      <search class="filter">
        <label>
          Sensor
          <select
            value={sensorKey(sensor)}
            onChange={({ currentTarget }) => {
              const [site, name] = currentTarget.value.split('/');
              if (site !== undefined && name !== undefined) links.go({ site, sensor: name });
            }}
          >
            {withReadings.map((one) => (
              <option key={sensorKey(one)} value={sensorKey(one)}>
                {one.site}: {one.title}
              </option>
            ))}
          </select>
        </label>
        <a {...links.to({ view: 'charts', site: sensor.site, sensor: sensor.sensor })}>Its charts</a>
      </search>
      <section class="card">
        <h2>Numbered readings</h2>
        <p class="muted">Each reading has a number from its gateway, so that none can be missing unseen.</p>
        <Completeness sensor={sensor} />
        <AskAgain key={sensorKey(sensor)} sensor={sensor} />
      </section>
      <SensorQuality key={sensorKey(sensor)} sensor={sensor} />
    </>
  );
}
