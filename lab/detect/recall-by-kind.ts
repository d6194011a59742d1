import type { Result } from './result.ts';
import { partAt } from './series.ts';

export interface KindRow {
  readonly group: string;
  readonly what: string;
  readonly found: readonly { readonly system: string; readonly hits: number; readonly labels: number }[];
}

/** What each system found of each kind of label, of one part or of both; what was put in as a process must be told as one. */
export function recallByKind(results: readonly Result[], part?: string): KindRow[] {
  type Cell = { system: string; hits: number; labels: number };
  const rows = new Map<string, { group: string; what: string; found: Map<string, Cell> }>();
  for (const { series, system, all, process } of results) {
    const { labels, match, since } = series.group === 'injected' ? process : all;
    labels.forEach(({ what, from }, l) => {
      if (from < since || (part !== undefined && partAt(series, from) !== part)) return;
      const key = `${series.group}/${what}`;
      const row = rows.get(key) ?? { group: series.group, what, found: new Map<string, Cell>() };
      const cell = row.found.get(system.id) ?? { system: system.id, hits: 0, labels: 0 };
      cell.labels++;
      if (match.eventsOf[l]!.length > 0) cell.hits++;
      row.found.set(system.id, cell);
      rows.set(key, row);
    });
  }
  return [...rows.values()].map(({ found, ...row }) => ({ ...row, found: [...found.values()] }));
}

/** The same as rows of text. */
export function kindTable(rows: readonly KindRow[]): string[][] {
  const systems = rows[0]?.found.map(({ system }) => system) ?? [];
  return [
    ['labels found, by kind', ...systems],
    ...rows.map(({ group, what, found }) => [
      `${group}: ${what}`,
      ...found.map(({ hits, labels }) => `${hits}/${labels}`),
    ]),
  ];
}
