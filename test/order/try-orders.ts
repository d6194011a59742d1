// Tries a world in many orders of its steps, and makes the one that fails as short as it can.
import fc from 'fast-check';
import type { World } from './world.ts';

export interface TryOptions {
  readonly orders: number;
  readonly seed: number;
  /** A failing order is not made shorter. */
  readonly asFound?: boolean;
  readonly onStep?: (orders: number, steps: number) => void;
}

export interface Tried {
  readonly orders: number;
  readonly steps: number;
  readonly failure?: Failure;
}

export interface Failure {
  readonly world: string;
  readonly seed: number;
  /** The order in which it was found. */
  readonly order: number;
  readonly what: string;
  readonly plan: unknown;
  readonly steps: readonly string[];
}

export async function tryOrders<Plan>(
  world: World<Plan>,
  { orders, seed, asFound = false, onStep = () => undefined }: TryOptions,
): Promise<Tried> {
  let steps = 0;
  let tried = 0;
  let hasFailed = false;
  const property = fc.asyncProperty(fc.scheduler(), world.plan, async (scheduler, plan) => {
    try {
      const taken = await world.run(plan, scheduler);
      // Those that make a failing order shorter are not counted.
      if (hasFailed) return;
      steps += taken;
      onStep(++tried, steps);
    } catch (error) {
      hasFailed = true;
      throw error;
    }
  });
  const result = await fc.check(property, { numRuns: orders, seed, endOnFailure: asFound });
  if (!result.failed) return { orders: tried, steps };
  const [scheduler, plan] = result.counterexample ?? [];
  const error = result.errorInstance;
  return {
    orders: tried,
    steps,
    failure: {
      world: world.name,
      seed,
      order: result.numRuns,
      plan,
      what: error instanceof Error ? error.message : String(error),
      // Seqs and offsets are padded in keys.
      steps: (scheduler?.report() ?? []).map(({ label }) => label.replaceAll(/0{4,}/g, '')),
    },
  };
}

/** For people: what failed, with what, and the steps in their order, those in a row that say the same as one. */
export function describeFailure({ world, seed, order, what, plan, steps }: Failure): string {
  const lines: string[] = [];
  for (let i = 0; i < steps.length; ) {
    let end = i;
    while (steps[end] === steps[i]) end++;
    lines.push(`  ${steps[i]}${end - i > 1 ? ` (${end - i} times)` : ''}`);
    i = end;
  }
  return `${world}, seed ${seed}, order ${order}: ${what}\n${JSON.stringify(plan, undefined, 1)}\n${lines.join('\n')}\n`;
}
