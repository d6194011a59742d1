// The charts of one sensor, one for each property that it sends.
import { useMemo } from 'preact/hooks';
import type {
  AnnotationAnswer,
  EventAnswer,
  SensorAnswer,
  TypeAnswer,
} from '../../../../src/api/answer/answers.ts';
import { chartAnnotations } from '../../chart/chart-annotation.ts';
import { chartDips } from '../../chart/chart-dip.ts';
import { chartEvents } from '../../chart/chart-event.ts';
import { Hydrograph, type HydrographProps } from '../../chart/hydrograph.tsx';
import type { Loaded } from '../../client/load-readings.ts';
import { type Series, seriesOf } from '../../series/series.ts';

/** A type this cloud does not know says no interval; an hour is what most loggers do. */
const assumedIntervalSeconds = 3_600;

interface SensorChartsProps
  extends Pick<HydrographProps, 'bounds' | 'cursor' | 'onCursor' | 'onPick' | 'onZoom'> {
  readonly sensor: SensorAnswer;
  readonly loaded: Loaded;
  readonly events: readonly EventAnswer[];
  readonly annotations: readonly AnnotationAnswer[];
  /** The type of the sensor; undefined where it is not known (yet). */
  readonly rules: TypeAnswer | undefined;
  /** Says the sensor's name over each chart. */
  readonly isNamed: boolean;
}

export function SensorCharts(props: SensorChartsProps) {
  const { sensor, loaded, bounds, events, annotations, rules, isNamed, cursor } = props;
  const { onCursor, onPick, onZoom } = props;
  const stepMs = (sensor.intervalSeconds ?? assumedIntervalSeconds) * 1000;
  const gapMs = stepMs * sensor.gapSteps;
  const sent = sensor.properties.filter(({ isSent }) => isSent);
  const names = sent.map(({ name }) => name).join();
  const all = useMemo(() => {
    const series = new Map<string, Series>();
    for (const name of names.split(',')) series.set(name, seriesOf(loaded, name, gapMs));
    return series;
  }, [loaded, names, gapMs]);
  const spans = useMemo(
    () =>
      new Map(
        names
          .split(',')
          .map((property) => [
            property,
            chartEvents(events, { sensor: sensor.sensor, property, until: bounds.to }),
          ]),
      ),
    [events, names, sensor.sensor, bounds.to],
  );
  const written = useMemo(
    () =>
      new Map(
        names
          .split(',')
          .map((property) => [property, chartAnnotations(annotations, { sensor: sensor.sensor, property })]),
      ),
    [annotations, names, sensor.sensor],
  );
  const byHand = useMemo(
    () => new Map(names.split(',').map((property) => [property, chartDips(sensor, property, bounds)])),
    [sensor.dips, names, bounds.from, bounds.to],
  );
  return (
    <>
      {sent.map((property) => (
        <Hydrograph
          key={property.name}
          property={property}
          of={isNamed ? sensor.title : undefined}
          series={all.get(property.name)!}
          bounds={bounds}
          events={spans.get(property.name)!}
          annotations={written.get(property.name)!}
          dips={byHand.get(property.name)!}
          band={rules?.properties.find(({ name }) => name === property.name)?.siteRange}
          stepMs={stepMs}
          cursor={cursor}
          onCursor={onCursor}
          onPick={onPick}
          onZoom={onZoom}
        />
      ))}
    </>
  );
}
