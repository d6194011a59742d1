import { bootstrap } from './bootstrap.ts';
import type { Result } from './result.ts';
import { scoreOf } from './score.ts';
import type { Part } from './series.ts';
import type { Line } from './table.ts';

const parts: readonly Part[] = ['training', 'held-out'];

/**
 * A line for each real series and part, then the groups with all of their series together: training, held out,
 * and both where there are both.
 */
export function linesOf(results: readonly Result[]): Line[] {
  const real = results.filter(({ series }) => series.group === 'labelled' || series.group === 'bgs');
  return [
    ...grouped(real, ({ series }) => series.id).flatMap(([name, of]) => poolLines(name, of, false)),
    ...grouped(results, ({ series }) => `all ${series.group}`).flatMap(([name, of]) =>
      poolLines(name, of, true),
    ),
  ];
}

function poolLines(series: string, results: readonly Result[], withBoth: boolean): Line[] {
  const present = parts.filter((part) =>
    results.some(({ all }) => all.tallies.some((tally) => tally.part === part)),
  );
  const wanted = withBoth && present.length > 1 ? [...present, 'both' as const] : present;
  return wanted.flatMap((part) =>
    grouped(results, ({ system }) => system.id).map(([system, of]): Line => {
      const tallies = (view: 'all' | 'process') =>
        of
          .flatMap((result) => result[view].tallies)
          .filter((tally) => part === 'both' || tally.part === part);
      const all = tallies('all');
      const { falsePerMonth, precision, recall } = scoreOf(tallies('process'));
      const process = { falsePerMonth, precision, recall };
      return { series, part, system, all: scoreOf(all), process, intervals: bootstrap(all) };
    }),
  );
}

function grouped(results: readonly Result[], key: (result: Result) => string): [string, Result[]][] {
  const groups = new Map<string, Result[]>();
  for (const result of results) groups.set(key(result), [...(groups.get(key(result)) ?? []), result]);
  return [...groups];
}
