// All sensors by site, with how fresh they are and what they said last.
import type { SensorAnswer, SiteAnswer } from '../../../src/api/answers.ts';
import type { StoredReading } from '../../../src/store/reading-store.ts';
import { type PageAddress, writeAddress } from '../data/page-address.ts';
import { type Overview, sensorKey } from '../data/use-sensors.ts';
import { flagWords } from '../format/flag.ts';
import { formatCount, formatValue } from '../format/number.ts';
import { FlagMark } from './flag-mark.tsx';
import { Freshness } from './freshness.tsx';

/** Enough to see that a sensor lives; all of them stand over the charts. */
const valuesShown = 3;

export interface SensorListProps {
  readonly overview: Overview;
  readonly address: PageAddress;
  readonly now: number;
  readonly onChoose: (address: PageAddress) => void;
}

export function SensorList({ overview, address, now, onChoose }: SensorListProps) {
  const bySite = groupBySite(overview.sensors);
  return (
    <nav class="sensor-list" aria-label="Sensors">
      {[...bySite].map(([site, sensors]) => (
        <section key={site}>
          <SiteHeading site={overview.sites.find((one) => one.site === site)} name={site} />
          <ul>
            {sensors.map((sensor) => (
              <li key={sensor.sensor}>
                <a
                  href={writeAddress({ ...address, site, sensor: sensor.sensor })}
                  aria-current={
                    address.site === site && address.sensor === sensor.sensor ? 'page' : undefined
                  }
                  onClick={(event) => {
                    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                    event.preventDefault();
                    onChoose({ ...address, site, sensor: sensor.sensor });
                  }}
                >
                  <span class="sensor-name">{sensor.title}</span>
                  <Freshness sensor={sensor} newest={overview.newest.get(sensorKey(sensor))} now={now} />
                  <Newest sensor={sensor} reading={overview.newest.get(sensorKey(sensor))} />
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}

function groupBySite(sensors: readonly SensorAnswer[]): Map<string, SensorAnswer[]> {
  const groups = new Map<string, SensorAnswer[]>();
  for (const sensor of sensors) groups.set(sensor.site, [...(groups.get(sensor.site) ?? []), sensor]);
  return groups;
}

function SiteHeading({ site, name }: { site: SiteAnswer | undefined; name: string }) {
  return (
    <div class="site-heading">
      <h2>{site?.title ?? name}</h2>
      {(site?.gateways ?? []).map(({ gateway, state, undelivered }) => (
        <p key={gateway} class="muted">
          gateway {gateway}: {state}
          {undelivered ? `, ${formatCount(undelivered)} waiting to be sent` : ''}
        </p>
      ))}
    </div>
  );
}

function Newest({ sensor, reading }: { sensor: SensorAnswer; reading: StoredReading | undefined }) {
  if (reading === undefined) return null;
  const said = sensor.properties
    .filter(({ name }) => reading.values[name] !== undefined)
    .slice(0, valuesShown);
  return (
    <span class="newest">
      {said.map(({ name, title, unit, resolution }) => {
        const flag = reading.flags[name] ?? 1;
        return (
          <span key={name} title={title ?? name}>
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
