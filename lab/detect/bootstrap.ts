import { createRandom } from '../../sim/src/random.ts';
import { protocol } from './parameters.ts';
import { scoreOf } from './score.ts';
import type { Tally } from './tally.ts';

export type Interval = readonly [low: number, high: number];

export type Intervals = Readonly<Record<'falsePerMonth' | 'precision' | 'recall' | 'f05', Interval>>;

/**
 * Intervals by drawing whole weeks with replacement, as errors of one week hang together. Draws in which a
 * score does not exist (no label was drawn) do not count for it.
 */
export function bootstrap(tallies: readonly Tally[]): Intervals {
  const { draws, seed, level } = protocol.bootstrap;
  const random = createRandom(seed);
  const scores = Array.from({ length: tallies.length === 0 ? 0 : draws }, () =>
    scoreOf(tallies.map(() => tallies[random.between(0, tallies.length - 1)]!)),
  );
  const interval = (name: keyof Intervals): Interval => {
    const drawn = scores.map((score) => score[name]).filter((value) => !Number.isNaN(value));
    drawn.sort((a, b) => a - b);
    const at = (share: number) => drawn[Math.round(share * (drawn.length - 1))] ?? Number.NaN;
    return [at((1 - level) / 2), at((1 + level) / 2)];
  };
  return {
    falsePerMonth: interval('falsePerMonth'),
    precision: interval('precision'),
    recall: interval('recall'),
    f05: interval('f05'),
  };
}
