// Where readings were thinned, a band from the lowest to the highest of each stretch: no peak is left out.
import uPlot from 'uplot';
import { inPlot } from './draw-spans.ts';
import type { PlotState } from './plot-state.ts';

export function drawEnvelope(plot: uPlot, { series, theme }: PlotState): void {
  const { ctx } = plot;
  inPlot(plot, () => {
    ctx.fillStyle = theme.line;
    ctx.globalAlpha = 0.35;
    for (const { stretch } of series.points) {
      if (stretch === undefined || stretch.low === null || stretch.high === null) continue;
      const left = plot.valToPos(stretch.from / 1000, 'x', true);
      const right = plot.valToPos((stretch.from + stretch.seconds * 1000) / 1000, 'x', true);
      const [a, b] = [plot.valToPos(stretch.high, 'y', true), plot.valToPos(stretch.low, 'y', true)];
      // Half a pixel more than its width, so that no seams show between stretches.
      ctx.fillRect(left, Math.min(a, b), Math.max(uPlot.pxRatio, right - left + 0.5), Math.abs(b - a));
    }
  });
}
