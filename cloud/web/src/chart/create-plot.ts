// Sets uPlot up for one property: 24 hours, a line that breaks, no own zoom and no own legend.
import uPlot from 'uplot';
import type { Series } from '../series/series.ts';
import { drawAnnotations } from './draw-annotations.ts';
import { drawDips } from './draw-dips.ts';
import { drawEnvelope } from './draw-envelope.ts';
import { drawMarks } from './draw-marks.ts';
import { drawRain } from './draw-rain.ts';
import { drawEventLetters, drawSpans } from './draw-spans.ts';
import type { PlotState } from './plot-state.ts';

export interface PlotOptions {
  readonly width: number;
  readonly height: number;
  readonly state: () => PlotState;
  /** The pointer stands at this time (milliseconds), or left. */
  readonly onCursor: (time: number | undefined) => void;
  /** A click, or a tap, at this time (milliseconds). */
  readonly onPick: (time: number) => void;
  readonly onZoom: (from: number, to: number) => void;
}

/** Drags shorter than this are clicks. */
const shortestDrag = 12;

const dayAndYear = '\n{D} {MMM} {YYYY}';
const timeLabels: uPlot.Axis.TimeValuesConfig = [
  [86_400 * 360, '{YYYY}', null, null, null, null, null, null, 1],
  [86_400 * 28, '{MMM}', '\n{YYYY}', null, null, null, null, null, 1],
  [86_400, '{D} {MMM}', '\n{YYYY}', null, null, null, null, null, 1],
  [60, '{HH}:{mm}', dayAndYear, null, '\n{D} {MMM}', null, null, null, 1],
  [1, '{HH}:{mm}:{ss}', dayAndYear, null, '\n{D} {MMM}', null, null, null, 1],
];

export function createPlot(
  target: HTMLElement,
  { width, height, state, onCursor, onPick, onZoom }: PlotOptions,
): uPlot {
  const { shape } = state();
  const line = {
    stroke: () => state().theme.axis,
    font: state().theme.font,
    grid: { stroke: () => state().theme.grid, width: 1 },
    ticks: { stroke: () => state().theme.grid, width: 1, size: 5 },
  };
  let pressedAt = 0;
  return new uPlot(
    {
      width,
      height,
      padding: [8, 12, 0, 0],
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), state().zone),
      scales: {
        x: { range: () => [state().bounds.from / 1000, state().bounds.to / 1000] },
        y: { range: () => [...state().yRange], dir: shape === 'line' ? 1 : -1 },
      },
      series: [
        {},
        {
          stroke: () => state().theme.line,
          width: 1.75,
          pxAlign: 0,
          points: { show: false },
          ...(shape === 'rain' && { paths: () => null }),
        },
      ],
      axes: [
        { ...line, values: timeLabels, size: 38, space: 70 },
        { ...line, size: 62, space: 32 },
      ],
      legend: { show: false },
      cursor: {
        y: false,
        points: { show: false },
        drag: { x: true, y: false, setScale: false, dist: shortestDrag },
      },
      hooks: {
        drawClear: [(plot) => drawSpans(plot, state())],
        drawSeries: [(plot) => drawEnvelope(plot, state())],
        draw: [
          (plot) => {
            if (shape === 'rain') drawRain(plot, state());
            drawMarks(plot, state().series, state().theme);
            drawDips(plot, state());
            drawEventLetters(plot, state());
            drawAnnotations(plot, state());
          },
        ],
        ready: [
          ({ over, posToVal }) => {
            over.addEventListener('mousedown', ({ clientX }) => {
              pressedAt = clientX;
            });
            // The end of a drag is a click too.
            over.addEventListener('click', ({ clientX }) => {
              if (Math.abs(clientX - pressedAt) >= shortestDrag) return;
              onPick(posToVal(clientX - over.getBoundingClientRect().left, 'x') * 1000);
            });
          },
        ],
        setCursor: [
          (plot) => {
            const { left = -1 } = plot.cursor;
            onCursor(left < 0 ? undefined : plot.posToVal(left, 'x') * 1000);
          },
        ],
        setSelect: [
          (plot) => {
            const { left, width: wide } = plot.select;
            plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
            if (wide >= shortestDrag)
              onZoom(plot.posToVal(left, 'x') * 1000, plot.posToVal(left + wide, 'x') * 1000);
          },
        ],
      },
    },
    dataOf(state().series),
    target,
  );
}

export function dataOf({ xs, ys }: Series): uPlot.AlignedData {
  return [xs as number[], ys as (number | null)[]];
}
