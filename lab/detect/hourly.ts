// What S-H-ESD is given: one value an hour, without gaps.

export interface Grid {
  /** Time of the reading behind each value; the beginning of the hour where there was none. */
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/**
 * The first value in each step of time, a straight line over steps without one, the nearest value before the
 * first and after the last. Empty if there is no value at all.
 */
export function firstInEachStep(times: ArrayLike<number>, values: ArrayLike<number>, step: number): Grid {
  const begin = Math.floor((times[0] ?? 0) / step);
  const count = times.length === 0 ? 0 : Math.floor(times[times.length - 1]! / step) - begin + 1;
  const grid = Float64Array.from({ length: count }, (_, k) => (begin + k) * step);
  const filled = new Float64Array(count).fill(Number.NaN);
  for (let i = 0; i < times.length; i++) {
    const k = Math.floor(times[i]! / step) - begin;
    if (Number.isNaN(values[i]!) || !Number.isNaN(filled[k]!)) continue;
    filled[k] = values[i]!;
    grid[k] = times[i]!;
  }
  const measured = [...filled.keys()].filter((k) => !Number.isNaN(filled[k]!));
  if (measured.length === 0) return { times: new Float64Array(), values: new Float64Array() };
  filled.fill(filled[measured[0]!]!, 0, measured[0]!);
  filled.fill(filled[measured.at(-1)!]!, measured.at(-1)!);
  for (let m = 1; m < measured.length; m++) {
    const [a, b] = [measured[m - 1]!, measured[m]!];
    const slope = (filled[b]! - filled[a]!) / (b - a);
    for (let k = a + 1; k < b; k++) filled[k] = filled[a]! + slope * (k - a);
  }
  return { times: grid, values: filled };
}
