// One property over time: chart, readout and notes. Focused, it is read with the arrow keys.
import { useContext, useEffect, useMemo, useRef } from 'preact/hooks';
import type uPlot from 'uplot';
import type { PropertyAnswer } from '../../../src/api/answer/answers.ts';
import { useTime, ZoneContext } from '../format/use-time.ts';
import type { Point } from '../series/point.ts';
import { nearest, type Series } from '../series/series.ts';
import { axisRange } from './axis-range.ts';
import { annotationsAt, type ChartAnnotation } from './chart-annotation.ts';
import type { ChartDip } from './chart-dip.ts';
import type { ChartEvent } from './chart-event.ts';
import { createPlot, dataOf } from './create-plot.ts';
import { countOutside } from './draw-marks.ts';
import { moveCursor } from './move-cursor.ts';
import type { PlotState } from './plot-state.ts';
import { DipNote, OutsideNote, Readout, spokenChart, spokenReading } from './readout.tsx';
import { shapeOf } from './shape-of.ts';
import { chartWidth, readTheme, watchTheme } from './theme.ts';

const height = 176;

export interface HydrographProps {
  readonly property: PropertyAnswer;
  /** The sensor's title, where charts of several stand below each other. */
  readonly of?: string | undefined;
  readonly series: Series;
  readonly bounds: { readonly from: number; readonly to: number };
  readonly events: readonly ChartEvent[];
  readonly annotations: readonly ChartAnnotation[];
  /** What was measured by hand. */
  readonly dips: readonly ChartDip[];
  readonly band: readonly [number, number] | undefined;
  readonly stepMs: number;
  readonly cursor: number | undefined;
  /** `spoken` is what a screen reader should say, once the cursor rests. */
  readonly onCursor: (time: number | undefined, spoken?: string) => void;
  /** A moment was chosen, by a click or with Enter. */
  readonly onPick: (time: number) => void;
  readonly onZoom: (from: number, to: number) => void;
}

export function Hydrograph(props: HydrographProps) {
  const { property, of, series, bounds, events, annotations, dips, band, stepMs, cursor } = props;
  const { onCursor, onPick, onZoom } = props;
  const target = useRef<HTMLDivElement>(null);
  const dot = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const zone = useContext(ZoneContext);
  const formatTime = useTime();
  const shape = shapeOf(property);
  const yRange = useMemo(
    () => axisRange(series, property.resolution, shape, dips),
    [series, property.resolution, shape, dips],
  );
  const state = useRef<PlotState>(undefined);
  const theme = state.current?.theme ?? readTheme(document.body);
  state.current = { series, bounds, yRange, shape, zone, events, annotations, dips, band, stepMs, theme };
  const callbacks = useRef({ onCursor, onPick, onZoom });
  callbacks.current = { onCursor, onPick, onZoom };

  useEffect(() => {
    const element = target.current!;
    const created = createPlot(element, {
      width: chartWidth(element),
      height,
      state: () => state.current!,
      onCursor: (time) => callbacks.current.onCursor(time),
      onPick: (time) => callbacks.current.onPick(time),
      onZoom: (from, to) => callbacks.current.onZoom(from, to),
    });
    created.over.append(dot.current!);
    plot.current = created;
    const fit = () => created.setSize({ width: chartWidth(element), height });
    const resize = new ResizeObserver(fit);
    resize.observe(element);
    const unwatch = watchTheme(() => {
      state.current = { ...state.current!, theme: readTheme(document.body) };
      fit();
      created.redraw();
    });
    return () => {
      unwatch();
      resize.disconnect();
      created.destroy();
    };
  }, []);

  useEffect(
    () => plot.current?.setData(dataOf(series)),
    [series, bounds.from, bounds.to, yRange, zone, events, annotations, dips, band],
  );

  const at = cursor === undefined ? undefined : nearest(series.points, cursor);
  const point = at === undefined ? undefined : series.points[at];
  useEffect(
    () => showCursor(plot.current, dot.current, { cursor, point }),
    [cursor, point, series, bounds.from],
  );

  const title =
    of === undefined ? (property.title ?? property.name) : `${of}, ${property.title ?? property.name}`;
  return (
    <section class="hydrograph">
      <header>
        <h2>
          {title} {property.unit ? <span class="unit">{property.unit}</span> : null}
          {shape === 'depth' ? <span class="unit"> (deeper is lower)</span> : null}
        </h2>
        <Readout
          point={point ?? series.points.at(-1)}
          property={property}
          isCursor={point !== undefined}
          events={events}
          annotations={annotationsAt(annotations, series.points, at)}
        />
      </header>
      <div
        class="plot"
        ref={target}
        role="application"
        aria-roledescription="chart"
        aria-label={spokenChart(title, property, series)}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application is interactive; its keys are handled here
        tabIndex={0}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && point !== undefined) onPick(point.time);
          const time = event.key === 'Escape' ? undefined : moveCursor(event, series.points, cursor);
          if (time === undefined && event.key !== 'Escape') return;
          event.preventDefault();
          const to = time === undefined ? undefined : nearest(series.points, time);
          if (to === undefined) return onCursor(time);
          const written = annotationsAt(annotations, series.points, to);
          onCursor(
            time,
            [
              `${title}: ${spokenReading(series.points[to]!, property, formatTime)}`,
              ...written.map(({ name, text }) => `annotation ${name}: ${text}`),
            ].join('; '),
          );
        }}
      />
      <div class="cursor-dot" ref={dot} hidden />
      {series.low === undefined ? <p class="plot-note">No valid value in this range.</p> : null}
      <DipNote dips={dips} property={property} />
      <OutsideNote count={countOutside(series, yRange)} />
    </section>
  );
}

interface CursorPlace {
  readonly cursor: number | undefined;
  readonly point: Point | undefined;
}

function showCursor(plot: uPlot | undefined, dot: HTMLElement | null, { cursor, point }: CursorPlace): void {
  if (plot === undefined || dot === null) return;
  const left = cursor === undefined ? -10 : plot.valToPos(cursor / 1000, 'x');
  plot.setCursor({ left, top: left < 0 ? -10 : 0 }, false);
  dot.hidden = point === undefined || typeof point.value !== 'number';
  if (dot.hidden) return;
  const y = plot.valToPos(point!.value as number, 'y');
  const bottom = plot.over.clientHeight;
  dot.style.left = `${plot.valToPos(point!.time / 1000, 'x')}px`;
  // Values off the axis and missing ones are marked at the edge; the dot goes there too.
  dot.style.top = `${point!.flag === 9 ? bottom : Math.max(0, Math.min(bottom, y))}px`;
}
