// A whole run as data: what `--json` writes and the page in the docs is made from.
import type { Figure } from '../bench/row.ts';
import { type DropoutAlerts, dropoutAlerts } from './dropout-alerts.ts';
import { dropoutFigures, figuresOf } from './figures.ts';
import { machineText } from './machine.ts';
import { linesOf } from './pool.ts';
import { type KindRow, recallByKind } from './recall-by-kind.ts';
import type { Result } from './result.ts';
import type { Line } from './table.ts';

export interface Report {
  readonly machine: string;
  readonly at: string;
  /** As in the bench of speed. */
  readonly rows: readonly Figure[];
  readonly systems: readonly { readonly id: string; readonly title: string }[];
  readonly lines: readonly Line[];
  readonly kinds: readonly KindRow[];
  readonly dropouts: readonly DropoutAlerts[];
}

export function reportOf(results: readonly Result[]): Report {
  const lines = linesOf(results);
  const dropouts = dropoutAlerts(results);
  const systems = new Map(results.map(({ system: { id, title } }) => [id, { id, title }]));
  return {
    machine: machineText(),
    at: new Date().toISOString(),
    rows: [...figuresOf(lines), ...dropoutFigures(dropouts)],
    systems: [...systems.values()],
    lines,
    kinds: recallByKind(results),
    dropouts,
  };
}

/** As JSON, without digits that mean nothing; what does not exist (NaN) is null there. */
export function reportText(report: Report): string {
  const shorten = (_: string, value: unknown) =>
    typeof value === 'number' ? Number(value.toPrecision(4)) : value;
  return `${JSON.stringify(report, shorten, 2)}\n`;
}
