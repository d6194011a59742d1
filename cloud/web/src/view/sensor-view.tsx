// Everything about one sensor: what it says now, whether all has arrived, and its hydrographs.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { SensorAnswer } from '../../../src/api/answers.ts';
import type { StoredReading } from '../../../src/store/reading-store.ts';
import { Hydrograph } from '../chart/hydrograph.tsx';
import { readingsPath } from '../data/load-readings.ts';
import { boundsOf, type Range } from '../data/page-address.ts';
import { type Series, seriesOf } from '../data/series.ts';
import type { Span } from '../data/step-range.ts';
import type { Readings } from '../data/use-readings.ts';
import { formatCount } from '../format/number.ts';
import { formatTime } from '../format/time.ts';
import { Completeness } from './completeness.tsx';
import { ExportLinks } from './export-links.tsx';
import { Freshness } from './freshness.tsx';
import { ChartKeys, Legend } from './legend.tsx';
import { NewestValues } from './newest-values.tsx';
import { RangeButtons } from './range-buttons.tsx';
import { StepButtons } from './step-buttons.tsx';

/** A type this cloud does not know says no interval; an hour is what most loggers do. */
const assumedIntervalSeconds = 3_600;
/** Keys held down move through many readings; only where they rest is worth saying. */
const speakAfterMs = 400;

export interface SensorViewProps {
  readonly sensor: SensorAnswer;
  readonly newest: StoredReading | undefined;
  readonly now: number;
  readonly range: Range;
  readonly readings: Readings;
  readonly onRange: (range: Range) => void;
}

export function SensorView({ sensor, newest, now, range, readings, onRange }: SensorViewProps) {
  const { loaded, isLoading, problem } = readings;
  const [cursor, setCursor] = useState<number>();
  const speech = useSpeech();
  const gapMs = (sensor.intervalSeconds ?? assumedIntervalSeconds) * 1000 * sensor.gapSteps;
  const sent = sensor.properties.filter(({ isSent }) => isSent);
  const names = sent.map(({ name }) => name).join();
  const charts = useMemo(() => {
    const all = new Map<string, Series>();
    for (const name of names.split(',')) all.set(name, seriesOf(loaded?.readings ?? [], name, gapMs));
    return all;
  }, [loaded?.readings, names, gapMs]);

  const zoom = (from: number, to: number) => onRange({ from: Math.round(from), to: Math.round(to) });

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
          </p>
        </div>
        <Freshness sensor={sensor} newest={newest} now={now} />
      </header>
      <NewestValues sensor={sensor} reading={newest} />
      <Completeness sensor={sensor} />
      <div class="controls">
        <div class="control-group">
          <RangeButtons range={range} onRange={onRange} />
          {loaded === undefined ? null : (
            <StepButtons shown={loaded} whole={lifeOf(sensor, loaded)} cursor={cursor} onZoom={zoom} />
          )}
        </div>
        {loaded === undefined ? null : <ExportLinks path={exportPath(sensor, range, loaded.to)} />}
      </div>
      {problem === undefined ? null : (
        <p class="notice" role="alert">
          {problem}{' '}
          <button type="button" onClick={readings.reload}>
            Try again
          </button>
        </p>
      )}
      {loaded?.isPart ? (
        <p class="notice">
          This range holds more readings than the page shows. Shown are {formatCount(loaded.readings.length)}{' '}
          from {formatTime(Math.ceil(loaded.from / 60_000) * 60_000)} to {formatTime(loaded.to - 1)}. Choose a
          shorter range or zoom in; the CSV holds all.
        </p>
      ) : null}
      {loaded === undefined ? null : <Legend />}
      <div class="charts" aria-busy={isLoading}>
        {loaded === undefined ? (
          <p class="muted">
            {sensor.readings === 0 ? 'Charts appear with the first reading.' : 'Loading readings …'}
          </p>
        ) : (
          sent.map((property) => (
            <Hydrograph
              key={`${sensor.site}/${sensor.sensor}/${property.name}`}
              property={property}
              series={charts.get(property.name)!}
              bounds={loaded}
              cursor={cursor}
              onCursor={(time, spoken) => {
                setCursor(time);
                if (spoken !== undefined) speech.say(spoken);
              }}
              onZoom={zoom}
            />
          ))
        )}
      </div>
      {loaded === undefined ? null : <ChartKeys />}
      <p class="visually-hidden" aria-live="polite">
        {speech.text}
      </p>
    </>
  );
}

/** From the first reading to the newest, also where that came after the sensor was asked for. */
function lifeOf({ firstMeasuredAt, lastMeasuredAt }: SensorAnswer, { from, to }: Span): Span {
  const first = firstMeasuredAt === null ? from : Date.parse(firstMeasuredAt);
  return { from: first, to: lastMeasuredAt === null ? to : Date.parse(lastMeasuredAt) + 1 };
}

/** The range as chosen, also where the page shows only a part of it. */
function exportPath(sensor: SensorAnswer, range: Range, shownTo: number): string {
  const last = Math.max(Date.parse(sensor.lastMeasuredAt ?? ''), shownTo - 1) || shownTo - 1;
  const { from, to } = boundsOf(range, Date.parse(sensor.firstMeasuredAt ?? '') || 0, last);
  return readingsPath(sensor, from, to);
}

function useSpeech(): { readonly text: string; readonly say: (text: string) => void } {
  const [text, setText] = useState('');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const say = (next: string) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setText(next), speakAfterMs);
  };
  return { text, say };
}
