// The sensors of the site that is shown, to go from one to the other.
import type { SensorAnswer } from '../../../../src/api/answer/answers.ts';
import { sensorKey } from '../../client/use-sensors.ts';
import { NewestValues } from '../fleet/newest-cell.tsx';
import { Freshness } from '../freshness.tsx';
import type { ViewProps } from '../view-props.ts';

interface SensorListProps extends Pick<ViewProps, 'overview' | 'address' | 'now' | 'links'> {
  readonly sensors: readonly SensorAnswer[];
}

export function SensorList({ sensors, overview, address, now, links }: SensorListProps) {
  return (
    <nav class="sensor-list" aria-label="Sensors of this site">
      <ul>
        <li>
          <a
            {...links.with({ sensor: undefined })}
            aria-current={address.sensor === undefined ? 'page' : undefined}
          >
            <span class="sensor-name">The whole site</span>
          </a>
        </li>
        {sensors.map((sensor) => (
          <li key={sensor.sensor}>
            <a
              {...links.with({ sensor: sensor.sensor })}
              aria-current={address.sensor === sensor.sensor ? 'page' : undefined}
            >
              <span class="sensor-name">{sensor.title}</span>
              <Freshness sensor={sensor} newest={overview.newest.get(sensorKey(sensor))} now={now} />
              <NewestValues sensor={sensor} reading={overview.newest.get(sensorKey(sensor))} />
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
