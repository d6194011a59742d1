// Draws what the line cannot show: flagged values by shape and colour, single values and missing ones.
import uPlot from 'uplot';
import type { Point } from '../series/point.ts';
import type { Series } from '../series/series.ts';
import { inPlot } from './draw-spans.ts';
import type { Theme } from './theme.ts';

/** Sizes in CSS pixels. */
const diamond = 4.5;
const cross = 4;
const arrow = 5;
const tick = 9;

export function drawMarks(plot: uPlot, series: Series, theme: Theme): void {
  const { ctx } = plot;
  inPlot(plot, () => {
    drawMissing(plot, series.missing, theme);
    ctx.lineWidth = 1.5 * uPlot.pxRatio;
    ctx.fillStyle = theme.line;
    for (const point of series.alone) dot(ctx, ...place(plot, point));
    ctx.strokeStyle = theme.suspect;
    ctx.fillStyle = theme.paper;
    for (const point of series.suspect) strokeDiamond(ctx, ...place(plot, point));
    ctx.strokeStyle = theme.bad;
    ctx.fillStyle = theme.bad;
    ctx.lineWidth = 2 * uPlot.pxRatio;
    for (const point of series.bad) drawBad(plot, point);
  });
}

/** How many bad values stand above and below the axis. */
export function countOutside(series: Series, [low, high]: readonly [number, number]): number {
  return series.bad.filter(({ value }) => (value as number) < low || (value as number) > high).length;
}

function place(plot: uPlot, { time, value }: Point): [number, number] {
  return [plot.valToPos(time / 1000, 'x', true), plot.valToPos(value as number, 'y', true)];
}

function drawMissing(plot: uPlot, points: readonly Point[], theme: Theme): void {
  const { ctx, bbox } = plot;
  const bottom = bbox.top + bbox.height;
  ctx.fillStyle = theme.missing;
  const width = Math.max(1, Math.round(1.5 * uPlot.pxRatio));
  for (const { time } of points) {
    const x = plot.valToPos(time / 1000, 'x', true);
    ctx.fillRect(x - width / 2, bottom - tick * uPlot.pxRatio, width, tick * uPlot.pxRatio);
  }
}

/** A cross at its height; where that is off the axis, an arrowhead at the edge on that side. */
function drawBad(plot: uPlot, point: Point): void {
  const { ctx, bbox } = plot;
  const [x, y] = place(plot, point);
  if (y < bbox.top) fillArrow(ctx, x, bbox.top, 1);
  else if (y > bbox.top + bbox.height) fillArrow(ctx, x, bbox.top + bbox.height, -1);
  else strokeCross(ctx, x, y);
}

function dot(ctx: CanvasRenderingContext2D, x: number, y: number): void {
  ctx.beginPath();
  ctx.arc(x, y, 2 * uPlot.pxRatio, 0, 2 * Math.PI);
  ctx.fill();
}

function strokeDiamond(ctx: CanvasRenderingContext2D, x: number, y: number): void {
  const r = diamond * uPlot.pxRatio;
  ctx.beginPath();
  ctx.moveTo(x, y - r);
  ctx.lineTo(x + r, y);
  ctx.lineTo(x, y + r);
  ctx.lineTo(x - r, y);
  ctx.closePath();
  ctx.fill();
  ctx.stroke();
}

function strokeCross(ctx: CanvasRenderingContext2D, x: number, y: number): void {
  const r = cross * uPlot.pxRatio;
  ctx.beginPath();
  ctx.moveTo(x - r, y - r);
  ctx.lineTo(x + r, y + r);
  ctx.moveTo(x - r, y + r);
  ctx.lineTo(x + r, y - r);
  ctx.stroke();
}

function fillArrow(ctx: CanvasRenderingContext2D, x: number, edge: number, inward: 1 | -1): void {
  const r = arrow * uPlot.pxRatio;
  ctx.beginPath();
  ctx.moveTo(x, edge + inward * uPlot.pxRatio);
  ctx.lineTo(x - r, edge + inward * 1.8 * r);
  ctx.lineTo(x + r, edge + inward * 1.8 * r);
  ctx.closePath();
  ctx.fill();
}
