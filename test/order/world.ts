// A small world: parts that share a database, what happens to them, and what must hold whatever comes first.
import type { Arbitrary, Scheduler } from 'fast-check';

export interface World<Plan> {
  readonly name: string;
  readonly plan: Arbitrary<Plan>;
  /** Lives through the plan in its order; throws when something does not hold. @returns the steps it took */
  readonly run: (plan: Plan, scheduler: Scheduler) => Promise<number>;
}
