import type { Random } from '../../sim/src/random.ts';

/** Steps (hours) at which something is put into a series, so many days apart, away from both ends. */
export function startsOf(
  random: Random,
  plan: { readonly firstDay: number; readonly everyDays: readonly [number, number] },
  steps: number,
): number[] {
  const starts: number[] = [];
  const wait = () => random.between(24 * plan.everyDays[0], 24 * plan.everyDays[1]);
  for (let at = 24 * plan.firstDay + random.between(0, 48); at < steps - 24 * 5; at += wait())
    starts.push(at);
  return starts;
}
