// One property over time: chart, readout and notes. Focused, it is read with the arrow keys.
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type uPlot from 'uplot';
import type { PropertyAnswer } from '../../../src/api/answers.ts';
import { nearest, type Point, type Series } from '../data/series.ts';
import { describeFlag } from '../format/flag.ts';
import { formatCount, formatValue } from '../format/number.ts';
import { formatTime } from '../format/time.ts';
import { FlagMark } from '../view/flag-mark.tsx';
import { axisRange } from './axis-range.ts';
import { createPlot, dataOf, type PlotState } from './create-plot.ts';
import { countOutside } from './draw-marks.ts';
import { moveCursor } from './move-cursor.ts';
import { readTheme, watchTheme } from './theme.ts';

const height = 176;

export interface HydrographProps {
  readonly property: PropertyAnswer;
  readonly series: Series;
  readonly bounds: { readonly from: number; readonly to: number };
  readonly cursor: number | undefined;
  /** `spoken` is what a screen reader should say, once the cursor rests. */
  readonly onCursor: (time: number | undefined, spoken?: string) => void;
  readonly onZoom: (from: number, to: number) => void;
}

export function Hydrograph({ property, series, bounds, cursor, onCursor, onZoom }: HydrographProps) {
  const target = useRef<HTMLDivElement>(null);
  const dot = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const yRange = useMemo(() => axisRange(series, property.resolution), [series, property.resolution]);
  const state = useRef<PlotState>(undefined);
  state.current = { series, bounds, yRange, theme: state.current?.theme ?? readTheme(document.body) };
  const callbacks = useRef({ onCursor, onZoom });
  callbacks.current = { onCursor, onZoom };

  useEffect(() => {
    const element = target.current!;
    const created = createPlot(element, {
      width: element.clientWidth,
      height,
      state: () => state.current!,
      onCursor: (time) => callbacks.current.onCursor(time),
      onZoom: (from, to) => callbacks.current.onZoom(from, to),
    });
    created.over.append(dot.current!);
    plot.current = created;
    const resize = new ResizeObserver(() => created.setSize({ width: element.clientWidth, height }));
    resize.observe(element);
    const unwatch = watchTheme(() => {
      state.current = { ...state.current!, theme: readTheme(document.body) };
      created.redraw();
    });
    return () => {
      unwatch();
      resize.disconnect();
      created.destroy();
    };
  }, []);

  useEffect(() => plot.current?.setData(dataOf(series)), [series, bounds.from, bounds.to, yRange]);

  const at = cursor === undefined ? undefined : nearest(series.points, cursor);
  const point = at === undefined ? undefined : series.points[at];
  useEffect(
    () => showCursor(plot.current, dot.current, { cursor, point }),
    [cursor, point, series, bounds.from],
  );

  const title = property.title ?? property.name;
  const describe = (read: Point) => readingText(read, property);
  const shown = point ?? series.points.at(-1);
  const outside = countOutside(series, yRange);
  return (
    <section class="hydrograph">
      <header>
        <h2>
          {title} {property.unit ? <span class="unit">{property.unit}</span> : null}
        </h2>
        <Readout point={shown} property={property} isCursor={point !== undefined} />
      </header>
      <div
        class="plot"
        ref={target}
        role="application"
        aria-roledescription="chart"
        aria-label={summary(title, property, series)}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application is interactive; its keys are handled here
        tabIndex={0}
        onKeyDown={(event) => {
          const time = event.key === 'Escape' ? undefined : moveCursor(event, series.points, cursor);
          if (time === undefined && event.key !== 'Escape') return;
          event.preventDefault();
          const to = time === undefined ? undefined : nearest(series.points, time);
          onCursor(time, to === undefined ? undefined : `${title}: ${describe(series.points[to]!)}`);
        }}
      />
      <div class="cursor-dot" ref={dot} hidden />
      {series.low === undefined ? <p class="plot-note">No valid value in this range.</p> : null}
      {outside > 0 ? (
        <p class="plot-note">
          <FlagMark flag={4} /> {formatCount(outside)} bad {outside === 1 ? 'value lies' : 'values lie'}{' '}
          outside the axis (arrowheads at the edge).
        </p>
      ) : null}
    </section>
  );
}

function Readout({
  point,
  property,
  isCursor,
}: {
  point: Point | undefined;
  property: PropertyAnswer;
  isCursor: boolean;
}) {
  if (point === undefined) return <p class="readout">no readings</p>;
  return (
    <p class="readout" data-cursor={isCursor}>
      <strong>{valueText(point, property)}</strong>
      <span class="readout-flag">
        <FlagMark flag={point.flag} /> {describeFlag(point.flag, point.cause)}
      </span>
      <time dateTime={new Date(point.time).toISOString()}>{formatTime(point.time)}</time>
      {isCursor ? null : <span class="muted">newest</span>}
    </p>
  );
}

/** Text such as "(na)" is what the instrument said; a unit would make it look like a measurement. */
function valueText({ value }: Point, { resolution, unit }: PropertyAnswer): string {
  const text = formatValue(value, resolution);
  return typeof value === 'number' && unit ? `${text} ${unit}` : text;
}

function readingText(point: Point, property: PropertyAnswer): string {
  return `${valueText(point, property)}, ${describeFlag(point.flag, point.cause)}, ${formatTime(point.time)}`;
}

function summary(title: string, { unit, resolution }: PropertyAnswer, series: Series): string {
  const range =
    series.low === undefined
      ? 'no valid values'
      : `between ${formatValue(series.low, resolution)} and ${formatValue(series.high, resolution)} ${unit ?? ''}`;
  const flagged = `${series.suspect.length} suspect, ${series.bad.length} bad, ${series.missing.length} missing`;
  return `${title}: ${series.points.length} readings ${range}; ${flagged}. Arrow keys read values, with Shift only flagged ones.`;
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
