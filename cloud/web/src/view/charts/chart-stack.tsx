// The charts below each other, with what belongs to all of them: controls, legend, events, table, speech.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { SensorAnswer, TypesAnswer } from '../../../../src/api/answer/answers.ts';
import { useAnswer } from '../../client/use-answer.ts';
import { useRangeAnswers } from '../../client/use-range-answers.ts';
import { sensorKey } from '../../client/use-sensors.ts';
import { formatAge } from '../../format/time.ts';
import type { PageAddress } from '../../page/page-address.ts';
import type { Span } from '../../page/step-range.ts';
import type { LoadedCharts } from '../../series/extend-loaded.ts';
import { lazyView } from '../lazy-view.tsx';
import type { PageLinks } from '../link.tsx';
import { ChartControls } from './chart-controls.tsx';
import { EventNotes } from './event-notes.tsx';
import { ChartKeys, Legend } from './legend.tsx';
import { ReadingTable } from './reading-table.tsx';
import { SensorCharts } from './sensor-charts.tsx';

const AnnotationNotes = lazyView(async () => (await import('./annotation-notes.tsx')).AnnotationNotes);

/** Keys held down move through many readings; only where they rest is worth saying. */
const speakAfterMs = 400;

interface ChartStackProps {
  readonly sensors: readonly SensorAnswer[];
  readonly loaded: LoadedCharts;
  readonly isLoading: boolean;
  readonly life: Span;
  readonly address: PageAddress;
  readonly links: PageLinks;
}

export function ChartStack({ sensors, loaded, isLoading, life, address, links }: ChartStackProps) {
  const { bounds, bySensor } = loaded;
  const [cursor, setCursor] = useState<number>();
  // A pointer on its way to the form takes the cursor along; what was chosen by a click stays.
  const [picked, setPicked] = useState<number>();
  const speech = useSpeech();
  const types = useAnswer<TypesAnswer>('/api/v1/types').data?.types;
  const { site = '', sensor, range } = address;
  const { events, annotations } = useRangeAnswers(site, sensor, bounds);
  const callbacks = useMemo(
    () => ({
      onCursor: (time: number | undefined, spoken?: string) => {
        setCursor(time);
        if (spoken !== undefined) speech.say(spoken);
      },
      onPick: setPicked,
      onZoom: (from: number, to: number) =>
        links.go({ range: { from: Math.round(from), to: Math.round(to) } }),
    }),
    [links, speech.say],
  );
  return (
    <>
      <ChartControls
        sensors={sensors}
        range={range}
        links={links}
        life={life}
        shown={bounds}
        cursor={cursor}
      />
      <EventNotes events={events.items} links={links} site={site} problem={events.problem} />
      <Legend />
      <div class="charts" aria-busy={isLoading}>
        {sensors.map((one) => {
          const mine = bySensor.get(sensorKey(one));
          return mine === undefined ? null : (
            <SensorCharts
              key={sensorKey(one)}
              sensor={one}
              loaded={mine}
              bounds={bounds}
              events={events.items}
              annotations={annotations.items}
              rules={types?.find(({ type }) => type === one.type)}
              isNamed={sensor === undefined}
              cursor={cursor}
              {...callbacks}
            />
          );
        })}
      </div>
      {longest(bySensor) === undefined ? null : (
        <p class="muted">
          This range holds more readings than can be drawn: each point stands for{' '}
          {formatAge(longest(bySensor)!)}, the band reaches from the lowest to the highest value in it, and
          marks at the foot say where bad or missing ones are among them. Zoom in to see every reading; the
          CSV holds all.
        </p>
      )}
      <ChartKeys />
      <AnnotationNotes
        site={site}
        sensors={sensors}
        annotations={annotations}
        shown={bounds}
        moment={cursor ?? picked}
        onShow={setCursor}
      />
      {sensors.map((one) => (
        <ReadingTable
          key={sensorKey(one)}
          sensor={one}
          loaded={bySensor.get(sensorKey(one))}
          cursor={cursor}
        />
      ))}
      <p class="visually-hidden" aria-live="polite">
        {speech.text}
      </p>
    </>
  );
}

/** Seconds of the longest stretch that a point stands for; undefined where every reading is drawn. */
function longest(bySensor: LoadedCharts['bySensor']): number | undefined {
  const lengths = [...bySensor.values()].flatMap(({ thinned }) => thinned?.bucketSeconds ?? []);
  return lengths.length === 0 ? undefined : Math.max(...lengths);
}

function useSpeech(): { readonly text: string; readonly say: (text: string) => void } {
  const [text, setText] = useState('');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const say = useMemo(
    () => (next: string) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setText(next), speakAfterMs);
    },
    [],
  );
  return { text, say };
}
