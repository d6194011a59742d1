// A site's sensors, or one of them, on charts that share their time and their cursor.
import { useMemo } from 'preact/hooks';
import type { SensorAnswer } from '../../../../src/api/answer/answers.ts';
import { sensorKey } from '../../client/use-sensors.ts';
import { lifeOf, useCharts } from '../../series/use-charts.ts';
import { ProblemNotice } from '../problem-notice.tsx';
import type { ViewProps } from '../view-props.ts';
import { ChartControls } from './chart-controls.tsx';
import { ChartStack } from './chart-stack.tsx';
import { SensorHead } from './sensor-head.tsx';
import { SensorList } from './sensor-list.tsx';
import { SiteHead } from './site-head.tsx';

/** Charts of more sensors below each other are no view any more; each can be chosen by itself. */
const maxSensors = 12;

export function ChartsView({ overview, address, now, links, live }: ViewProps) {
  const { site = '', sensor: name, range } = address;
  const ofSite = useMemo(
    () => overview.sensors.filter((sensor) => sensor.site === site),
    [overview.sensors, site],
  );
  const shown: readonly SensorAnswer[] = useMemo(
    () => ofSite.filter(({ sensor }) => name === undefined || sensor === name).slice(0, maxSensors),
    [ofSite, name],
  );
  const charts = useCharts(shown, range, live);
  const [only] = shown;

  if (ofSite.length === 0 || only === undefined)
    return (
      <p class="notice">
        There is no {name === undefined ? `site ${site} with sensors` : `sensor ${name} at ${site}`}.{' '}
        <a {...links.to({ view: 'fleet' })}>Choose from the fleet.</a>
      </p>
    );
  return (
    <div class="page">
      <SensorList sensors={ofSite} overview={overview} address={address} now={now} links={links} />
      <div class="charts-main">
        {name === undefined ? (
          <SiteHead site={overview.sites.find((one) => one.site === site)} name={site} />
        ) : (
          <SensorHead sensor={only} newest={overview.newest.get(sensorKey(only))} now={now} />
        )}
        {name === undefined && ofSite.length > maxSensors ? (
          <p class="notice">
            Shown are the first {maxSensors} of {ofSite.length} sensors. Choose any other from the list.
          </p>
        ) : null}
        <ProblemNotice problem={charts.problem} onRetry={charts.reload} />
        {charts.loaded === undefined ? (
          <>
            <ChartControls
              sensors={shown}
              range={range}
              links={links}
              life={undefined}
              shown={undefined}
              cursor={undefined}
            />
            <p class="muted charts">
              {shown.every(({ readings }) => readings === 0)
                ? 'Charts appear with the first reading.'
                : charts.problem === undefined
                  ? 'Loading readings …'
                  : ''}
            </p>
          </>
        ) : (
          <ChartStack
            sensors={shown}
            loaded={charts.loaded}
            isLoading={charts.isLoading}
            life={lifeOf(shown) ?? charts.loaded.bounds}
            address={address}
            links={links}
          />
        )}
      </div>
    </div>
  );
}
