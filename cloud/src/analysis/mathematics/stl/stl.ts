// Seasonal-trend decomposition by loess: a series is a cycle, a trend, and what remains.
// Cleveland, Cleveland, McRae & Terpenning (1990), STL, J. Official Statistics 6(1); equal to R's `stl`.
import { zeros } from './doubles.ts';
import { Loess } from './loess.ts';
import { averageMoving } from './moving-average.ts';
import { weighResiduals } from './robustness-weights.ts';
import { planStl, type StlOptions, type StlPlan } from './stl-options.ts';
import { SubseriesSmoother } from './stl-seasonal.ts';

export interface Decomposition {
  /** All three in the unit of the values and of their length; they add up to the values. */
  readonly seasonal: Float64Array;
  readonly trend: Float64Array;
  readonly remainder: Float64Array;
  /** Robustness weights of the last round, 0 to 1. */
  readonly weights: Float64Array;
}

/**
 * Decomposes a series of `n` finite values in even steps.
 *
 * @throws RangeError unless the period is a whole number from 2 on and there are more than two periods
 */
export function decompose(values: Float64Array, options: StlOptions): Decomposition {
  const plan = planStl(values.length, options);
  const n = values.length;
  const loop = new InnerLoop(n, plan);
  const { seasonal, trend } = loop;
  const numbers = zeros(n);
  for (let i = 0; i < n; i++) numbers[i] = values[i]!;
  const weights = zeros(n).fill(1);
  const residuals = zeros(n);
  const scratch = zeros(n);
  for (let round = 0; ; round++) {
    // Weights of 1 say the same as none; without rounds of robustness the smoothers need none.
    loop.run(numbers, plan.inner, plan.outer === 0 ? undefined : weights);
    if (round === plan.outer) break;
    for (let i = 0; i < n; i++) residuals[i] = numbers[i]! - (trend[i]! + seasonal[i]!);
    weighResiduals(residuals, weights, scratch);
  }
  if (plan.isPeriodic) averageCycles(seasonal, plan.period);
  for (let i = 0; i < n; i++) residuals[i] = numbers[i]! - seasonal[i]! - trend[i]!;
  return {
    seasonal: new Float64Array(seasonal),
    trend: new Float64Array(trend),
    remainder: new Float64Array(residuals),
    weights: new Float64Array(weights),
  };
}

/** The six steps of the paper's inner loop (section 2.2), with the memory they share. */
class InnerLoop {
  readonly seasonal: number[];
  readonly trend: number[];
  readonly #plan: StlPlan;
  readonly #subseries: SubseriesSmoother;
  readonly #lowpass: Loess;
  readonly #trendLoess: Loess;
  readonly #work: number[];
  readonly #cycles: number[];
  readonly #averaged: number[];
  readonly #passed: number[];

  constructor(n: number, plan: StlPlan) {
    this.#plan = plan;
    this.seasonal = zeros(n);
    this.trend = zeros(n);
    this.#work = zeros(n);
    this.#cycles = zeros(n + 2 * plan.period);
    this.#averaged = zeros(n + 2 * plan.period);
    this.#passed = zeros(n + 2 * plan.period);
    this.#subseries = new SubseriesSmoother(n, plan.period, {
      window: plan.seasonalWindow,
      degree: plan.seasonalDegree,
      jump: plan.seasonalJump,
    });
    this.#lowpass = new Loess(n, {
      window: plan.lowpassWindow,
      degree: plan.lowpassDegree,
      jump: plan.lowpassJump,
      keepsWeights: plan.lowpassJump > 1,
    });
    this.#trendLoess = new Loess(n, {
      window: plan.trendWindow,
      degree: plan.trendDegree,
      jump: plan.trendJump,
    });
  }

  run(values: number[], rounds: number, robustness: number[] | undefined): void {
    const { period } = this.#plan;
    const n = values.length;
    const [work, cycles, averaged, passed] = [this.#work, this.#cycles, this.#averaged, this.#passed];
    const { seasonal, trend } = this;
    for (let round = 0; round < rounds; round++) {
      for (let i = 0; i < n; i++) work[i] = values[i]! - trend[i]!;
      this.#subseries.smooth(work, cycles, robustness);
      // What moves slower than a cycle belongs to the trend: three moving averages and a loess take it out.
      averageMoving(cycles, n + 2 * period, period, passed);
      averageMoving(passed, n + period + 1, period, averaged);
      averageMoving(averaged, n + 2, 3, passed);
      this.#lowpass.smooth(passed, work);
      for (let i = 0; i < n; i++) seasonal[i] = cycles[period + i]! - work[i]!;
      for (let i = 0; i < n; i++) work[i] = values[i]! - seasonal[i]!;
      this.#trendLoess.smooth(work, trend, robustness);
    }
  }
}

/** A periodic cycle is the mean over all cycles, phase by phase. */
function averageCycles(seasonal: number[], period: number): void {
  const n = seasonal.length;
  for (let phase = 0; phase < period; phase++) {
    let sum = 0;
    let count = 0;
    for (let i = phase; i < n; i += period, count++) sum += seasonal[i]!;
    for (let i = phase; i < n; i += period) seasonal[i] = sum / count;
  }
}
