// Is there a cycle in a series, and how long is it? As Fisher's g (1929, Tests of significance in harmonic
// analysis, Proc. Royal Society A 125) does, one ordinate of the periodogram is held against others, here against
// its neighbours only: the levels of ground and rivers remember, so their slow frequencies are strong without any
// cycle, and against all of them every drift would look like one.
import { powerOf } from './fft.ts';
import { foldPeriod } from './fold-period.ts';

export interface Cycle {
  /** Observations in one cycle. */
  readonly period: number;
  /** How many times stronger than its neighbours the frequency is. */
  readonly strength: number;
  /** Chance that any frequency is so strong without a cycle, at most. */
  readonly pValue: number;
}

/** A cycle must be seen this often before it is believed. */
const fewestCycles = 3;
/** Below this chance a cycle is beyond doubt. */
export const maxDoubt = 0.001;
const highestHarmonic = 6;

/**
 * Of the significant cycles of a series the one that moves it most, or the most significant if none is beyond
 * doubt. The values are finite and in even steps; undefined for fewer than 32 values or for a series that does not move.
 */
export function findCycle(values: Float64Array): Cycle | undefined {
  if (values.length < 32) return undefined;
  const level = detrend(values);
  const power = powerOf(level);
  const count = (values.length - 1) >> 1;
  const strengths = new Float64Array(count + 1);
  const chances = new Float64Array(count + 1).fill(1);
  let best = 0;
  const sums = runningSums(power);
  for (let k = fewestCycles; k <= count; k++) {
    const { mean, number } = neighboursOf(sums, k, count);
    if (!(mean > 0)) continue;
    const strength = power[k]! / mean;
    strengths[k] = strength;
    // An ordinate of noise is exponential, so against the mean of m others it follows F with 2 and 2m degrees.
    chances[k] = Math.min(1, count * (1 + strength / number) ** -number);
    if (best === 0 || isBetter(k, best, power, chances)) best = k;
  }
  if (best === 0) return undefined;
  const k = fundamentalOf(best, chances);
  return {
    period: foldPeriod(level, Math.round(values.length / (k + 0.5)), Math.round(values.length / (k - 0.5))),
    strength: strengths[k]!,
    pValue: chances[k]!,
  };
}

function isBetter(k: number, best: number, power: Float64Array, chances: Float64Array): boolean {
  const areBothSure = chances[k]! < maxDoubt && chances[best]! < maxDoubt;
  return areBothSure ? power[k]! > power[best]! : chances[k]! < chances[best]!;
}

/** Half as fast to twice as fast, where a spectrum that falls with the square of frequency has the mean of its middle. */
function neighboursOf(sums: Float64Array, k: number, count: number): { mean: number; number: number } {
  const from = (k >> 1) + 1;
  const to = Math.min(2 * k - 1, count);
  // The peak spills into the ordinates beside it.
  const inner = [Math.max(from, k - 1), Math.min(to, k + 1)] as const;
  const number = to - from - (inner[1] - inner[0]);
  const sum = sums[to + 1]! - sums[from]! - (sums[inner[1] + 1]! - sums[inner[0]]!);
  return number >= 4 ? { mean: sum / number, number } : { mean: 0, number };
}

/** Sums of everything before each position. */
function runningSums(power: Float64Array): Float64Array {
  const sums = new Float64Array(power.length + 1);
  for (let k = 0; k < power.length; k++) sums[k + 1] = sums[k]! + power[k]!;
  return sums;
}

/** Harmonics of a sharp cycle can be more significant than the cycle itself. */
function fundamentalOf(k: number, chances: Float64Array): number {
  for (let divisor = highestHarmonic; divisor >= 2; divisor--) {
    const slower = Math.round(k / divisor);
    if (slower >= fewestCycles && chances[slower]! < maxDoubt) return slower;
  }
  return k;
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
