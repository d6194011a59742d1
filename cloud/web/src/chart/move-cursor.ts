// Which reading an arrow key leads to.
import type { Point } from '../series/point.ts';
import { nearest } from '../series/series.ts';

const pageSteps = 24;

/** The time the cursor moves to; undefined where the key means nothing here. */
export function moveCursor(
  event: { readonly key: string; readonly shiftKey: boolean },
  points: readonly Point[],
  time: number | undefined,
): number | undefined {
  const at = time === undefined ? points.length : nearest(points, time);
  if (at === undefined || points.length === 0) return undefined;
  const step = (by: number) => points[Math.max(0, Math.min(points.length - 1, at + by))]!.time;
  switch (event.key) {
    case 'ArrowLeft':
      return event.shiftKey ? flagged(points, at, -1) : step(-1);
    case 'ArrowRight':
      return event.shiftKey ? flagged(points, at, 1) : step(1);
    case 'PageUp':
      return step(-pageSteps);
    case 'PageDown':
      return step(pageSteps);
    case 'Home':
      return step(-points.length);
    case 'End':
      return step(points.length);
    default:
      return undefined;
  }
}

/** The next reading in that direction whose value is not good; stays where there is none. */
function flagged(points: readonly Point[], at: number, by: 1 | -1): number {
  for (let i = at + by; i >= 0 && i < points.length; i += by) if (points[i]!.flag > 2) return points[i]!.time;
  return points[Math.min(at, points.length - 1)]!.time;
}
