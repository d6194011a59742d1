// Only the anomalies worth reporting: how high a value must be, measured by the highest of each day or cycle.
import { median } from '../../mathematics/median.ts';
import { quantile } from '../../mathematics/quantile.ts';
import type { ShesdOptions } from './options.ts';

/** The height that an anomaly must reach, from the maxima of all periods or days. */
export function heightOf(threshold: NonNullable<ShesdOptions['threshold']>, maxima: Float64Array): number {
  switch (threshold) {
    case 'med_max':
      return median(maxima);
    case 'p95':
      return quantile(maxima, 0.95);
    case 'p99':
      return quantile(maxima, 0.99);
  }
}

/** The largest measured value of each group; `groupOf` says which group a position belongs to. */
export function maximaOf(values: Float64Array, groupOf: (position: number) => number): Float64Array {
  const maxima = new Map<number, number>();
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    const group = groupOf(i);
    maxima.set(group, Math.max(maxima.get(group) ?? Number.NEGATIVE_INFINITY, value));
  }
  return Float64Array.from(maxima.values());
}
