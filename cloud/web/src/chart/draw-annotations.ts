// Draws what people wrote: a dotted line at a moment, a bracket at the foot for a span, and the name in a box.
import uPlot from 'uplot';
import { inPlot } from './draw-spans.ts';
import type { PlotState } from './plot-state.ts';

/** In CSS pixels. */
const boxHeight = 15;
const foot = 7;
const padding = 3;

/** Over everything; neither tinted nor lettered as events are, so that nobody takes the one for the other. */
export function drawAnnotations(plot: uPlot, { annotations, theme }: PlotState): void {
  const { ctx, bbox } = plot;
  const ratio = uPlot.pxRatio;
  const place = (time: number) => Math.round(plot.valToPos(time / 1000, 'x', true));
  const bottom = bbox.top + bbox.height - foot * ratio;
  inPlot(plot, () => {
    ctx.font = `600 ${11 * ratio}px ${theme.family}`;
    // The labels of the axes leave it in the middle.
    ctx.textAlign = 'left';
    ctx.textBaseline = 'middle';
    ctx.strokeStyle = theme.annotation;
    ctx.lineWidth = 1.5 * ratio;
    let free = Number.NEGATIVE_INFINITY;
    for (const { name, from, to } of [...annotations].sort((a, b) => a.from - b.from)) {
      const left = place(from);
      ctx.setLineDash(to === null ? [1.5 * ratio, 3 * ratio] : []);
      ctx.beginPath();
      if (to === null) {
        ctx.moveTo(left, bbox.top);
        ctx.lineTo(left, bbox.top + bbox.height);
      } else {
        const right = Math.max(place(to), left + 2 * ratio);
        ctx.moveTo(left, bottom - (boxHeight / 2) * ratio);
        ctx.lineTo(left, bottom);
        ctx.lineTo(right, bottom);
        ctx.lineTo(right, bottom - (boxHeight / 2) * ratio);
      }
      ctx.stroke();
      const x = Math.min(Math.max(bbox.left, left), bbox.left + bbox.width - 24 * ratio);
      if (x < free) continue;
      const width = ctx.measureText(name).width + 2 * padding * ratio;
      const top = bottom - boxHeight * ratio;
      ctx.setLineDash([]);
      ctx.fillStyle = theme.paper;
      ctx.fillRect(x, top, width, boxHeight * ratio);
      ctx.strokeRect(x, top, width, boxHeight * ratio);
      ctx.fillStyle = theme.annotation;
      ctx.fillText(name, x + padding * ratio, top + (boxHeight / 2) * ratio);
      free = x + width + 2 * ratio;
    }
  });
}
