// The readings around an event: its properties, with room before and after to compare.
import { dayMs } from '@wellhead/protocol';
import { useMemo, useState } from 'preact/hooks';
import type { EventAnswer, SensorAnswer } from '../../../../src/api/answer/answers.ts';
import { chartDips } from '../../chart/chart-dip.ts';
import { chartEvents } from '../../chart/chart-event.ts';
import { Hydrograph } from '../../chart/hydrograph.tsx';
import { type Loaded, loadReadings } from '../../client/load-readings.ts';
import { useAnswer } from '../../client/use-answer.ts';
import type { Overview } from '../../client/use-sensors.ts';
import type { Span } from '../../page/step-range.ts';
import { seriesOf } from '../../series/series.ts';
import { shownProperties } from './shown-properties.ts';

const assumedIntervalSeconds = 3_600;
/** People look at what the analysis found here; what was written stands in the charts. */
const none = [] as const;

/** Its own length before and after, three days at least and a hundred at most. */
export function spanAround({ start, end, peak }: EventAnswer): Span {
  const from = Date.parse(start);
  const to = Date.parse(end ?? peak);
  const room = Math.min(100 * dayMs, Math.max(3 * dayMs, to - from));
  return { from: from - room, to: to + room };
}

export function EventPicture({
  event,
  overview,
}: {
  readonly event: EventAnswer;
  readonly overview: Overview;
}) {
  const sensor = overview.sensors.find((one) => one.site === event.site && one.sensor === event.sensors[0]);
  return sensor === undefined ? null : <Picture event={event} sensor={sensor} />;
}

function Picture({ event, sensor }: { event: EventAnswer; sensor: SensorAnswer }) {
  const [cursor, setCursor] = useState<number>();
  const bounds = useMemo(() => spanAround(event), [event.start, event.end, event.peak]);
  const { data, problem } = useAnswer<Loaded>(`${event.id} ${bounds.from} ${bounds.to}`, {
    load: (_, signal) => loadReadings(sensor, { ...bounds, signal }),
  });
  const stepMs = (sensor.intervalSeconds ?? assumedIntervalSeconds) * 1000;
  const properties = shownProperties(event, sensor);
  if (problem !== undefined) return <p class="notice">The readings around it cannot be shown: {problem}</p>;
  if (data === undefined) return <p class="muted picture-wait">Loading readings …</p>;
  return (
    <>
      {properties.map((property) => (
        <Hydrograph
          key={property.name}
          property={property}
          series={seriesOf(data, property.name, stepMs * sensor.gapSteps)}
          bounds={bounds}
          events={chartEvents([event], { sensor: sensor.sensor, property: property.name, until: bounds.to })}
          annotations={none}
          dips={chartDips(sensor, property.name, bounds)}
          band={undefined}
          stepMs={stepMs}
          cursor={cursor}
          onCursor={setCursor}
          onPick={() => undefined}
          onZoom={() => undefined}
        />
      ))}
    </>
  );
}
