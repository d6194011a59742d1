// One life after the other over the same disk, each with its own end, and a last one in which all must be well.
import fc, { type Arbitrary, type Scheduler } from 'fast-check';
import type { Disk } from './disk.ts';
import { Life } from './life.ts';
import { isDiskFault } from './scheduled-db.ts';

export interface Ending {
  readonly kind: 'close' | 'kill' | 'power cut';
  readonly atStep: number;
  readonly chance: number;
}

export const ending: Arbitrary<Ending> = fc.record({
  kind: fc.constantFrom('close' as const, 'kill' as const, 'power cut' as const),
  atStep: fc.integer({ min: 1, max: 150 }),
  chance: fc.nat(50),
});

export interface LivesOptions<Plan extends { readonly ending: Ending }> {
  readonly scheduler: Scheduler;
  readonly disk: Disk;
  readonly lives: readonly Plan[];
  /** Before the first life, all at once. */
  readonly before?: (life: Life) => Promise<void>;
  readonly live: (life: Life, plan: Plan) => Promise<void>;
  readonly onEnd?: (died: boolean) => void;
  readonly last: (life: Life) => Promise<void>;
}

/** @returns the steps it took */
export async function runLives<Plan extends { readonly ending: Ending }>({
  scheduler,
  disk,
  lives,
  before,
  live,
  onEnd,
  last,
}: LivesOptions<Plan>): Promise<number> {
  let steps = 0;
  for (const [index, plan] of lives.entries()) {
    const life = new Life(scheduler);
    if (index === 0 && before !== undefined) await life.free(() => before(life));
    const { kind, atStep, chance } = plan.ending;
    const work = () => live(life, plan).catch(unlessDiskFault);
    const died = await life.run(work, kind === 'close' ? undefined : atStep);
    if (died && kind === 'power cut') disk.survivesPowerCut(chance);
    else if (died) disk.survivesKill(chance);
    onEnd?.(died);
    steps += life.steps;
  }
  const life = new Life(scheduler);
  await life.run(() => last(life));
  return steps + life.steps;
}

/** A program whose disk fails when it starts ends, and is started again. */
function unlessDiskFault(error: unknown): void {
  if (!isDiskFault(error)) throw error;
}
