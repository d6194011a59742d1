// Draws what holds for a stretch of time: gaps, events, late arrivals, and where values stop being plausible.
import uPlot from 'uplot';
import type { PlotState } from './plot-state.ts';

/** In CSS pixels. */
const bar = 5;
const strip = 3;
const leastWidth = 3;
const letters = { process: 'P', fault: 'F', maintenance: 'M' } as const;

/** Under the line: nothing here may look like data. */
export function drawSpans(plot: uPlot, { series, events, band, theme }: PlotState): void {
  const { ctx, bbox } = plot;
  const ratio = uPlot.pxRatio;
  inPlot(plot, () => {
    ctx.fillStyle = theme.gap;
    for (const [from, to] of series.gaps) fill(plot, { from, to, top: bbox.top, height: bbox.height });
    for (const { kind, from, to } of events) {
      ctx.globalAlpha = 0.13;
      ctx.fillStyle = theme[kind];
      fill(plot, { from, to, top: bbox.top, height: bbox.height });
      ctx.globalAlpha = 1;
      fill(plot, { from, to, top: bbox.top, height: bar * ratio });
    }
    ctx.fillStyle = theme.line;
    const bottom = bbox.top + bbox.height;
    for (const [from, to] of series.late)
      fill(plot, { from, to, top: bottom - strip * ratio, height: strip * ratio });
    ctx.strokeStyle = theme.suspect;
    ctx.lineWidth = ratio;
    ctx.setLineDash([2 * ratio, 5 * ratio]);
    for (const limit of band ?? []) {
      const y = Math.round(plot.valToPos(limit, 'y', true));
      ctx.beginPath();
      ctx.moveTo(bbox.left, y);
      ctx.lineTo(bbox.left + bbox.width, y);
      ctx.stroke();
    }
  });
}

/** Over everything: the letter of each event's kind, so that its colour is not the only sign. */
export function drawEventLetters(plot: uPlot, { events, theme }: PlotState): void {
  const { ctx, bbox } = plot;
  const ratio = uPlot.pxRatio;
  inPlot(plot, () => {
    ctx.font = `600 ${11 * ratio}px ${theme.family}`;
    ctx.textBaseline = 'top';
    let free = Number.NEGATIVE_INFINITY;
    for (const { kind, from } of [...events].sort((a, b) => a.from - b.from)) {
      const x = Math.max(bbox.left + 2 * ratio, plot.valToPos(from / 1000, 'x', true));
      if (x < free) continue;
      ctx.fillStyle = theme[kind];
      ctx.fillText(letters[kind], x, bbox.top + (bar + 2) * ratio);
      free = x + 12 * ratio;
    }
  });
}

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly top: number;
  readonly height: number;
}

function fill(plot: uPlot, { from, to, top, height }: Stretch): void {
  const left = plot.valToPos(from / 1000, 'x', true);
  const width = Math.max(leastWidth * uPlot.pxRatio, plot.valToPos(to / 1000, 'x', true) - left);
  plot.ctx.fillRect(left, top, width, height);
}

export function inPlot({ ctx, bbox }: uPlot, draw: () => void): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  draw();
  ctx.restore();
}
