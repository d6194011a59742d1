import type { Result } from './result.ts';

/** `hits/labels` of each kind of label, for each system: what is found and what is not. */
export function recallByKind(results: readonly Result[]): string[][] {
  const systems = [...new Set(results.map(({ system }) => system.id))];
  const rows = new Map<string, Map<string, { hits: number; labels: number }>>();
  for (const { series, system, all, process } of results) {
    const { labels, match, since } = series.group === 'injected' ? process : all;
    labels.forEach(({ what, from }, l) => {
      if (from < since) return;
      const key = `${series.group}: ${what}`;
      const row = rows.get(key) ?? new Map<string, { hits: number; labels: number }>();
      const cell = row.get(system.id) ?? { hits: 0, labels: 0 };
      cell.labels++;
      if (match.eventsOf[l]!.length > 0) cell.hits++;
      rows.set(key, row.set(system.id, cell));
    });
  }
  const cellOf = ({ hits, labels } = { hits: 0, labels: 0 }) => `${hits}/${labels}`;
  return [
    ['labels found, by kind', ...systems],
    ...[...rows].map(([what, row]) => [what, ...systems.map((id) => cellOf(row.get(id)))]),
  ];
}
