// Rain as bars that hang from above, as hydrographs have it: the more rain, the lower they reach.
import uPlot from 'uplot';
import { inPlot } from './draw-spans.ts';
import type { PlotState } from './plot-state.ts';

export function drawRain(plot: uPlot, { series, theme, stepMs }: PlotState): void {
  const { ctx, bbox } = plot;
  const step = plot.valToPos(stepMs / 1000, 'x', true) - plot.valToPos(0, 'x', true);
  const width = Math.max(uPlot.pxRatio, step * 0.8);
  inPlot(plot, () => {
    ctx.fillStyle = theme.line;
    for (let i = 0; i < series.xs.length; i++) {
      const amount = series.ys[i];
      if (amount === null || amount === undefined || amount <= 0) continue;
      // The amount fell in the time before its reading.
      const right = plot.valToPos(series.xs[i]!, 'x', true);
      ctx.fillRect(right - width, bbox.top, width, plot.valToPos(amount, 'y', true) - bbox.top);
    }
  });
}
