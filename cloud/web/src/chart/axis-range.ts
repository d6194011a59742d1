// The y axis shows every value that may be true, and nothing that is known to be false.
import type { Series } from '../data/series.ts';
import type { ChartShape } from './shape-of.ts';

/** Room above and below, as a part of the range. */
const room = 0.08;

export function axisRange(
  { low, high }: Series,
  resolution: number | undefined,
  shape: ChartShape,
): [number, number] {
  if (low === undefined || high === undefined) return [0, 1];
  // A flat line would otherwise show the instrument's last digit as a mountain range.
  const least = (resolution ?? Math.max(Math.abs(high) * 1e-3, 1e-6)) * 10;
  // Rain hangs from nothing at the top.
  if (shape === 'rain') return [0, Math.max(high, least) * (1 + room)];
  const middle = (low + high) / 2;
  const half = Math.max(high - low, least) * (0.5 + room);
  return [middle - half, middle + half];
}
