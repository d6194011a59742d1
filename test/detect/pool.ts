import { bootstrap } from './bootstrap.ts';
import { scoreOf } from './score.ts';
import type { Part, Series } from './series.ts';
import type { System } from './system.ts';
import type { Line } from './table.ts';
import type { Judged, Tally } from './tally.ts';

/** What one system did on one series, counted both ways. */
export interface Result {
  readonly series: Series;
  readonly system: System;
  readonly all: Judged;
  readonly process: Judged;
}

const parts: readonly (Part | 'both')[] = ['training', 'held-out', 'both'];

/** A line for each series and part, then the groups with all of their series together, part by part. */
export function linesOf(results: readonly Result[]): Line[] {
  const single = results.filter(({ series }) => series.group === 'labelled' || series.group === 'bgs');
  return [
    ...pools(single, ({ series }) => series.id, ['training', 'held-out']),
    ...pools(results, ({ series }) => `all ${series.group}`, parts),
  ];
}

function pools(
  results: readonly Result[],
  nameOf: (result: Result) => string,
  of: readonly (Part | 'both')[],
): Line[] {
  const names = [...new Set(results.map(nameOf))];
  const systems = [...new Set(results.map(({ system }) => system.id))];
  const lines: Line[] = [];
  for (const name of names) {
    for (const part of of) {
      for (const system of systems) {
        const here = results.filter((result) => nameOf(result) === name && result.system.id === system);
        const isOf = (tally: Tally) => part === 'both' || tally.part === part;
        const all = here.flatMap((result) => result.all.tallies.filter(isOf));
        if (all.length === 0) continue;
        const process = here.flatMap((result) => result.process.tallies.filter(isOf));
        lines.push({
          series: name,
          part,
          system,
          all: scoreOf(all),
          process: scoreOf(process),
          intervals: bootstrap(all),
        });
      }
    }
  }
  return lines;
}
