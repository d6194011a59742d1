// Range, steps, and the same readings for other tools.
import { useState } from 'preact/hooks';
import type { SensorAnswer } from '../../../../src/api/answer/answers.ts';
import { exportPath, type SensorNames } from '../../client/list-path.ts';
import { boundsOf, type Range } from '../../page/page-address.ts';
import type { Span } from '../../page/step-range.ts';
import type { PageLinks } from '../link.tsx';
import { ExportLinks } from './export-links.tsx';
import { RangeButtons } from './range-buttons.tsx';
import { StepButtons } from './step-buttons.tsx';

export interface ChartControlsProps {
  readonly sensors: readonly SensorAnswer[];
  readonly range: Range;
  readonly links: PageLinks;
  /** From the first reading to the newest. */
  readonly life: Span | undefined;
  readonly shown: Span | undefined;
  readonly cursor: number | undefined;
}

export function ChartControls({ sensors, range, links, life, shown, cursor }: ChartControlsProps) {
  const zoom = (from: number, to: number) =>
    links.go({ range: { from: Math.round(from), to: Math.round(to) } });
  const [of, setOf] = useState<string>();
  const chosen = sensors.find(({ sensor }) => sensor === of) ?? sensors[0];
  return (
    <div class="controls">
      <div class="control-group">
        <RangeButtons range={range} onRange={(next) => links.go({ range: next })} />
        {shown === undefined || life === undefined ? null : (
          <StepButtons shown={shown} whole={life} cursor={cursor} onZoom={zoom} />
        )}
      </div>
      {chosen === undefined || shown === undefined ? null : (
        <div class="control-group">
          {sensors.length > 1 ? (
            <label>
              <span class="visually-hidden">Readings to take away, of</span>
              <select value={chosen.sensor} onChange={({ currentTarget }) => setOf(currentTarget.value)}>
                {sensors.map(({ sensor, title }) => (
                  <option key={sensor} value={sensor}>
                    {title}
                  </option>
                ))}
              </select>
            </label>
          ) : null}
          <ExportLinks
            path={pathOf([chosen], chosen, range, shown.to)}
            sitePath={
              sensors.length < 2 ? undefined : pathOf(sensors, { site: chosen.site }, range, shown.to)
            }
          />
        </div>
      )}
    </div>
  );
}

/** The range as chosen, also where the page shows only a part of it. */
function pathOf(sensors: readonly SensorAnswer[], named: SensorNames, range: Range, shownTo: number): string {
  const times = (of: (sensor: SensorAnswer) => string | null) =>
    sensors.map((sensor) => Date.parse(of(sensor) ?? '') || 0);
  const last = Math.max(...times(({ lastMeasuredAt }) => lastMeasuredAt), shownTo - 1);
  const { from, to } = boundsOf(range, Math.min(...times(({ firstMeasuredAt }) => firstMeasuredAt)), last);
  return exportPath(named, { from, to });
}
