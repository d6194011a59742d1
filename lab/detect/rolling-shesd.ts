// S-H-ESD as it is run beside a stream: on the last two weeks, once a day, keeping what is new.
import { detectInSeries } from '../../cloud/src/analysis/detector/shesd/detect-in-series.ts';
import type { Grid } from './hourly.ts';
import { shesd } from './parameters.ts';

export interface Point {
  readonly time: number;
  readonly value: number;
  readonly expected: number;
  /** Time of the last value of the run that told it. */
  readonly decidedAt: number;
}

const steps = (duration: number) => Math.round(duration / shesd.step);

/** Anomalies by time; each run sees only values up to its own end. */
export function rollShesd({ times, values }: Grid): Point[] {
  const window = steps(shesd.window);
  const every = steps(shesd.every);
  const points: Point[] = [];
  for (let kept = window - every; kept < values.length; kept += every) {
    const to = Math.min(kept + every, values.length);
    const from = Math.max(0, to - window);
    const block = values.subarray(from, to);
    if (block.length < window) break;
    const found = detectInSeries(block, {
      period: shesd.period,
      maxAnoms: shesd.maxAnoms,
      alpha: shesd.alpha,
      direction: 'both',
      exactExpected: true,
    });
    for (const { index, value, expected } of found) {
      if (from + index >= kept)
        points.push({ time: times[from + index]!, value, expected, decidedAt: times[to - 1]! });
    }
  }
  return points;
}
