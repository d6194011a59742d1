// Where readings were thinned, a band from the lowest to the highest of each part: no peak is left out.
import type uPlot from 'uplot';
import type { PlotState } from './create-plot.ts';
import { inPlot } from './draw-spans.ts';

export function drawEnvelope(plot: uPlot, { series: { envelope }, theme }: PlotState): void {
  if (envelope === undefined) return;
  const { xs, lows, highs } = envelope;
  const { ctx } = plot;
  inPlot(plot, () => {
    ctx.fillStyle = theme.line;
    ctx.globalAlpha = 0.3;
    for (let start = 0; start < xs.length; ) {
      if (lows[start] === null) {
        start++;
        continue;
      }
      let end = start;
      while (end < xs.length && lows[end] !== null) end++;
      ctx.beginPath();
      for (let i = start; i < end; i++)
        ctx.lineTo(plot.valToPos(xs[i]!, 'x', true), plot.valToPos(highs[i]!, 'y', true));
      for (let i = end - 1; i >= start; i--)
        ctx.lineTo(plot.valToPos(xs[i]!, 'x', true), plot.valToPos(lows[i]!, 'y', true));
      ctx.closePath();
      ctx.fill();
      start = end;
    }
  });
}
