// The page: sensors on one side, the chosen one on the other, kept up by one live stream.
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { SensorAnswer } from '../../src/api/answers.ts';
import { type PageAddress, readAddress, writeAddress } from './data/page-address.ts';
import { useLive } from './data/use-live.ts';
import { useNow } from './data/use-now.ts';
import { useReadings } from './data/use-readings.ts';
import { sensorKey, useSensors } from './data/use-sensors.ts';
import { Connection } from './view/connection.tsx';
import { EmptyState } from './view/empty-state.tsx';
import { SensorList } from './view/sensor-list.tsx';
import { SensorView } from './view/sensor-view.tsx';

/** Above this many sensors the page watches only the one it shows; the list is asked for now and then. */
const watchedMost = 200;

export function App() {
  const [address, setAddress] = useState(() => readAddress(location.search));
  const { overview, problem, refreshSoon, note } = useSensors();
  const sensor = chosen(overview?.sensors ?? [], address);
  const readings = useReadings(sensor, address.range);
  const isLarge = (overview?.sensors.length ?? 0) > watchedMost && sensor !== undefined;
  const path = isLarge ? `/api/v1/live?site=${sensor.site}&sensor=${sensor.sensor}` : '/api/v1/live';
  const live = useLive(path, {
    onReadings: (arrived) => {
      note(arrived);
      readings.add(arrived);
      refreshSoon();
    },
    onBehind: () => {
      readings.reload();
      refreshSoon();
    },
  });
  const now = useNow(overview?.clockOffsetMs ?? 0, isLarge ? 10_000 : 1_000);

  const go = useCallback((next: PageAddress) => {
    history.pushState(null, '', writeAddress(next));
    setAddress(next);
  }, []);
  useEffect(() => {
    const back = () => setAddress(readAddress(location.search));
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);
  const title = sensor === undefined ? 'Wellhead' : `${sensor.title} · Wellhead`;
  useEffect(() => {
    document.title = title;
  }, [title]);
  const newest = useMemo(() => sensor && overview?.newest.get(sensorKey(sensor)), [sensor, overview]);

  return (
    <>
      <a class="skip" href="#main">
        Skip to the readings
      </a>
      <header class="top">
        <a class="brand" href="/">
          <img src="/icon.svg" alt="" width="26" height="26" /> Wellhead
        </a>
        <Connection state={live} />
      </header>
      <div class="page">
        {overview !== undefined && overview.sensors.length > 0 ? (
          <SensorList
            overview={overview}
            address={{ ...address, ...named(sensor) }}
            now={now}
            onChoose={go}
          />
        ) : null}
        <main id="main" tabIndex={-1}>
          {problem === undefined ? null : (
            <p class="notice" role="alert">
              {problem} What you see may be old; the page keeps trying.
            </p>
          )}
          {overview === undefined ? (
            problem === undefined ? (
              <p class="muted">Loading …</p>
            ) : null
          ) : overview.sensors.length === 0 ? (
            <EmptyState />
          ) : sensor === undefined ? (
            <p class="notice">
              There is no sensor {address.sensor} at {address.site}. Choose one from the list.
            </p>
          ) : (
            <SensorView
              sensor={sensor}
              newest={newest}
              now={now}
              range={address.range}
              readings={readings}
              onRange={(range) => go({ ...named(sensor), range })}
            />
          )}
        </main>
      </div>
    </>
  );
}

/** Without a choice in the address, the first sensor that has readings. */
function chosen(sensors: readonly SensorAnswer[], { site, sensor }: PageAddress): SensorAnswer | undefined {
  if (site === undefined) return sensors.find(({ readings }) => readings > 0) ?? sensors[0];
  return sensors.find((one) => one.site === site && one.sensor === sensor);
}

function named(sensor: SensorAnswer | undefined): Pick<PageAddress, 'site' | 'sensor'> {
  return sensor === undefined ? {} : { site: sensor.site, sensor: sensor.sensor };
}
