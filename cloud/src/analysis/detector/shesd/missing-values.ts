// Missing values are NaN. They never become anomalies, and never a number that looks measured.
import { Unsuitable } from '../unsuitable.ts';

export interface Measured {
  /** The series from its first to its last measured value, with a straight line over each gap. */
  readonly values: Float64Array;
  /** Where that begins in the whole series. */
  readonly offset: number;
  /** Positions in `values` that were measured. */
  readonly positions: Uint32Array;
}

/**
 * Drops missing values at both ends, and bridges those between if that is wished.
 *
 * @throws Unsuitable `gap` where values are missing between others and no bridge is wished
 */
export function takeMeasured(series: Float64Array, bridgeGaps: boolean): Measured {
  let from = 0;
  let to = series.length;
  while (from < to && Number.isNaN(series[from]!)) from++;
  while (to > from && Number.isNaN(series[to - 1]!)) to--;
  const values = series.slice(from, to);
  const positions: number[] = [];
  let last = -1;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i]!)) continue;
    if (i > last + 1) {
      if (!bridgeGaps)
        throw new Unsuitable('gap', `values are missing from position ${from + last + 1} to ${from + i - 1}`);
      const slope = (values[i]! - values[last]!) / (i - last);
      for (let k = last + 1; k < i; k++) values[k] = values[last]! + slope * (k - last);
    }
    positions.push(i);
    last = i;
  }
  return { values, offset: from, positions: Uint32Array.from(positions) };
}
