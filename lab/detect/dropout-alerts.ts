import type { Result } from './result.ts';

export interface DropoutAlerts {
  readonly system: string;
  readonly group: string;
  readonly runs: number;
  readonly count: number;
}

/** How many process alerts each system tells because of zeros, apart for sensors with a type and without. */
export function dropoutAlerts(results: readonly Result[]): DropoutAlerts[] {
  const sums = new Map<string, { system: string; group: string; runs: number; count: number }>();
  for (const { series, system, extra } of results) {
    if (extra === undefined) continue;
    const key = `${series.group}/${system.id}`;
    const sum = sums.get(key) ?? { system: system.id, group: series.group, runs: 0, count: 0 };
    sum.runs += series.labels.length;
    sum.count += extra.length;
    sums.set(key, sum);
  }
  return [...sums.values()];
}
