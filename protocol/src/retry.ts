// When to try again: later and later, and not all at the same moment.

/** When to try again: between half of a ceiling and the whole, the ceiling doubling up to the maximum. */
export interface RetryPlan {
  readonly firstMs: number;
  readonly maxMs: number;
}

/**
 * Waiting times in milliseconds, without end. `random` gives numbers in [0, 1): chance keeps a fleet from
 * coming back all at once.
 */
export function* retryDelays(plan: RetryPlan, random: () => number): Generator<number, never> {
  for (let ceiling = Math.min(plan.firstMs, plan.maxMs); ; ceiling = Math.min(plan.maxMs, ceiling * 2)) {
    yield Math.round(ceiling * (0.5 + random() / 2));
  }
}
