// Is there a cycle in a series, and how long is it? Fisher's g on the periodogram: Fisher (1929), Tests of
// significance in harmonic analysis, Proc. Royal Society A 125; against red noise, not white, because the levels
// of ground and rivers remember: Mann & Lees (1996), Climatic Change 33, have the same null hypothesis.
import { powerOf } from './fft.ts';

export interface Cycle {
  /** Observations in one cycle. */
  readonly period: number;
  /** Share of the strongest frequency in the whole periodogram of the whitened series, 0 to 1. */
  readonly share: number;
  /** Chance of so large a share without any cycle; an upper bound. */
  readonly pValue: number;
}

/** A cycle must be seen this often before it is believed. */
const fewestCycles = 3;

/**
 * The strongest cycle of a series of finite values in even steps, significant or not; undefined for fewer than
 * 12 values or for a series that does not move.
 */
export function findCycle(values: Float64Array): Cycle | undefined {
  const n = values.length;
  if (n < 12) return undefined;
  const white = whiten(detrend(values));
  const power = powerOf(white);
  let total = 0;
  let strongest = 0;
  // Neither the mean nor, in even lengths, the frequency of every other value counts among the ordinates.
  const count = (white.length - 1) >> 1;
  for (let k = 1; k <= count; k++) {
    total += power[k]!;
    if (k >= fewestCycles && (strongest === 0 || power[k]! > power[strongest]!)) strongest = k;
  }
  if (!(total > 0) || strongest === 0) return undefined;
  const share = power[strongest]! / total;
  return {
    period: Math.max(2, Math.round(white.length / peakAround(power, strongest, count))),
    share,
    // The first term of Fisher's alternating sum bounds it from above.
    pValue: Math.min(1, count * (1 - share) ** (count - 1)),
  };
}

/** Where the peak lies between the frequencies, by a parabola through three. */
function peakAround(power: Float64Array, k: number, count: number): number {
  if (k <= 1 || k >= count) return k;
  const [before, at, after] = [Math.sqrt(power[k - 1]!), Math.sqrt(power[k]!), Math.sqrt(power[k + 1]!)];
  const bend = before - 2 * at + after;
  return bend < 0 ? k + (before - after) / (2 * bend) : k;
}

function detrend(values: Float64Array): Float64Array {
  const n = values.length;
  const middle = (n - 1) / 2;
  let mean = 0;
  for (const value of values) mean += value / n;
  let slope = 0;
  for (let i = 0; i < n; i++) slope += (values[i]! - mean) * (i - middle);
  slope /= (n * (n * n - 1)) / 12;
  return values.map((value, i) => value - mean - slope * (i - middle));
}

/** Takes off what each value owes to the one before it, a first-order autoregression. */
function whiten(values: Float64Array): Float64Array {
  let square = 0;
  let product = 0;
  for (let i = 1; i < values.length; i++) {
    square += values[i - 1]! ** 2;
    product += values[i]! * values[i - 1]!;
  }
  const memory = square > 0 ? product / square : 0;
  return Float64Array.from({ length: values.length - 1 }, (_, i) => values[i + 1]! - memory * values[i]!);
}
