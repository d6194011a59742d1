// The exact length of a cycle that is known roughly: folded at the right length, values of one phase agree best.
// Stellingwerf (1978), Period determination using phase dispersion minimization, Astrophysical Journal 224.

/** So many lengths are tried at most; where there are more, they are tried in even steps. */
const maxTries = 400;

/** The whole number from `shortest` to `longest` (at least 2) at which the variance within phases is smallest. */
export function foldPeriod(values: Float64Array, shortest: number, longest: number): number {
  const step = Math.max(1, Math.ceil((longest - shortest) / maxTries));
  let best = shortest;
  let smallest = Number.POSITIVE_INFINITY;
  for (let period = Math.max(2, shortest); period <= longest; period += step) {
    const variance = varianceWithin(values, period);
    if (variance < smallest) {
      smallest = variance;
      best = period;
    }
  }
  return best;
}

function varianceWithin(values: Float64Array, period: number): number {
  const n = values.length;
  let within = 0;
  for (let phase = 0; phase < period; phase++) {
    let sum = 0;
    let squares = 0;
    let count = 0;
    for (let i = phase; i < n; i += period, count++) {
      sum += values[i]!;
      squares += values[i]! * values[i]!;
    }
    if (count > 0) within += squares - (sum * sum) / count;
  }
  return within / (n - period);
}
