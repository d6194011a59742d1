import { firstInEachStep } from './hourly.ts';
import { shesd } from './parameters.ts';
import { type Point, rollShesd } from './rolling-shesd.ts';
import type { Series } from './series.ts';
import type { FoundEvent } from './system.ts';

/** The same columns stand in several series, with a type and without. */
const rolled = new WeakMap<Float64Array, readonly Point[]>();

/** One list for each channel: S-H-ESD knows one series of numbers, and no faults. */
export function shesdPoints(series: Series, values: readonly Float64Array[]): FoundEvent[][] {
  return series.properties.map(({ name }, p) =>
    pointsOf(series.times, values[p]!).map(({ time, ...rest }) => ({
      ...rest,
      kind: 'process',
      cause: 'anomaly',
      properties: [name],
      start: time,
      end: time,
    })),
  );
}

function pointsOf(times: Float64Array, values: Float64Array): readonly Point[] {
  const points = rolled.get(values) ?? rollShesd(firstInEachStep(times, values, shesd.step));
  rolled.set(values, points);
  return points;
}
