// The y axis shows every value that may be true, and nothing that is known to be false.
import type { Series } from '../series/series.ts';
import type { ChartDip } from './chart-dip.ts';
import type { ChartShape } from './shape-of.ts';

/** Room above and below, as a part of the range. */
const room = 0.08;

export function axisRange(
  series: Pick<Series, 'low' | 'high'>,
  resolution: number | undefined,
  shape: ChartShape,
  dips: readonly ChartDip[] = [],
): [number, number] {
  const values = [series.low, series.high, ...dips.map(({ value }) => value)].filter(
    (value) => value !== undefined,
  );
  if (values.length === 0) return [0, 1];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  // A flat line would otherwise show the instrument's last digit as a mountain range.
  const least = (resolution ?? Math.max(Math.abs(high) * 1e-3, 1e-6)) * 10;
  // Rain hangs from nothing at the top.
  if (shape === 'rain') return [0, Math.max(high, least) * (1 + room)];
  const middle = (low + high) / 2;
  const half = Math.max(high - low, least) * (0.5 + room);
  return [middle - half, middle + half];
}
