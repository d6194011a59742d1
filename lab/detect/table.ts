// Figures as a person reads them in a terminal.
import type { Interval, Intervals } from './bootstrap.ts';
import type { Scores } from './score.ts';

export interface Line {
  readonly series: string;
  readonly part: string;
  readonly system: string;
  readonly all: Scores;
  readonly process: Pick<Scores, 'falsePerMonth' | 'precision' | 'recall'>;
  readonly intervals: Intervals;
}

const columns: readonly { readonly title: string; readonly of: (line: Line) => string }[] = [
  { title: 'series', of: ({ series }) => series },
  { title: 'part', of: ({ part }) => part },
  { title: 'system', of: ({ system }) => system },
  { title: 'months', of: ({ all }) => number(all.months, 1) },
  { title: 'labels', of: ({ all }) => String(all.labels) },
  { title: 'events', of: ({ all }) => String(all.events) },
  {
    title: 'false/month',
    of: ({ all, intervals }) => withInterval(all.falsePerMonth, intervals.falsePerMonth),
  },
  { title: 'precision', of: ({ all, intervals }) => withInterval(all.precision, intervals.precision) },
  { title: 'recall', of: ({ all, intervals }) => withInterval(all.recall, intervals.recall) },
  { title: 'by chance', of: ({ all }) => number(all.chance) },
  { title: 'own', of: ({ all }) => number(all.ownRecall) },
  { title: 'F0.5', of: ({ all }) => number(all.f05) },
  { title: 'delay', of: ({ all }) => number(all.delay, 0) },
  { title: 'alerts/hit', of: ({ all }) => number(all.alertsPerEvent) },
  {
    title: 'time',
    of: ({ all }) => (Number.isNaN(all.shareOfTime) ? '–' : `${(100 * all.shareOfTime).toFixed(1)}%`),
  },
  { title: 'process: false/month', of: ({ process }) => number(process.falsePerMonth) },
  { title: 'precision', of: ({ process }) => number(process.precision) },
  { title: 'recall', of: ({ process }) => number(process.recall) },
];

/** The scores, with an empty line where the series changes. */
export function tableOf(lines: readonly Line[]): string {
  const rows = [columns.map(({ title }) => title), ...lines.map((line) => columns.map(({ of }) => of(line)))];
  return aligned(rows, 3)
    .map((text, r) => {
      const isNext = r > 1 && (rows[r]![0] !== rows[r - 1]![0] || rows[r]![1] !== rows[r - 1]![1]);
      return isNext ? `\n${text}` : text;
    })
    .join('\n');
}

/** Columns of equal width, the first ones to the left, the others to the right. */
export function aligned(rows: readonly (readonly string[])[], left: number): string[] {
  const widths = rows[0]!.map((_, c) => Math.max(...rows.map((row) => row[c]!.length)));
  return rows.map((row) =>
    row
      .map((cell, c) => (c < left ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!)))
      .join('  ')
      .trimEnd(),
  );
}

function number(value: number, digits = 2): string {
  return Number.isNaN(value) ? '–' : value.toFixed(digits);
}

function withInterval(value: number, [low, high]: Interval): string {
  return Number.isNaN(value) ? '–' : `${number(value)} (${number(low)}–${number(high)})`;
}
