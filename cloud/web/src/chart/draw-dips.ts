// Draws what was measured by hand: a ring around a dot, unlike every mark of a reading.
import uPlot from 'uplot';
import { inPlot } from './draw-spans.ts';
import type { PlotState } from './plot-state.ts';

/** In CSS pixels. */
const ring = 6;
const core = 1.75;

export function drawDips(plot: uPlot, { dips, theme }: PlotState): void {
  const { ctx } = plot;
  inPlot(plot, () => {
    ctx.strokeStyle = theme.annotation;
    ctx.fillStyle = theme.annotation;
    ctx.lineWidth = 1.75 * uPlot.pxRatio;
    ctx.setLineDash([]);
    for (const { time, value } of dips) {
      const [x, y] = [plot.valToPos(time / 1000, 'x', true), plot.valToPos(value, 'y', true)];
      ctx.beginPath();
      ctx.arc(x, y, ring * uPlot.pxRatio, 0, 2 * Math.PI);
      ctx.stroke();
      ctx.beginPath();
      ctx.arc(x, y, core * uPlot.pxRatio, 0, 2 * Math.PI);
      ctx.fill();
    }
  });
}
