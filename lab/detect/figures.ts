import { type Figure, figure } from '../bench/row.ts';
import type { Intervals } from './bootstrap.ts';
import type { DropoutAlerts } from './dropout-alerts.ts';
import type { Scores } from './score.ts';
import type { Line } from './table.ts';

const measures: readonly { readonly id: string; readonly of: keyof Scores; readonly unit: string }[] = [
  { id: 'false-events-per-sensor-month', of: 'falsePerMonth', unit: 'events' },
  { id: 'event-precision', of: 'precision', unit: 'share' },
  { id: 'event-recall', of: 'recall', unit: 'share' },
  { id: 'event-recall-by-chance', of: 'chance', unit: 'share' },
  { id: 'event-own-recall', of: 'ownRecall', unit: 'share' },
  { id: 'event-f05', of: 'f05', unit: 'share' },
  { id: 'delay-samples', of: 'delay', unit: 'samples' },
  { id: 'alerts-per-event', of: 'alertsPerEvent', unit: 'alerts' },
  { id: 'time-inside-events', of: 'shareOfTime', unit: 'share' },
];

/** The held-out pools as figures: the labelled files under the plain ids, other pools with their name. */
export function figuresOf(lines: readonly Line[]): Figure[] {
  return lines
    .filter(({ series, part }) => series.startsWith('all ') && part === 'held-out')
    .flatMap((line) =>
      measures.flatMap(({ id, of, unit }) => {
        const value = line.all[of];
        if (Number.isNaN(value)) return [];
        const group = line.series.slice('all '.length);
        const name = [line.system, ...(group === 'labelled' ? [] : [group]), id].join('.');
        const size = `${group}, held out: ${line.all.months.toFixed(1)} sensor-months, ${line.all.labels} labels`;
        const interval = of in line.intervals ? line.intervals[of as keyof Intervals] : undefined;
        const range = interval ? `95 % ${interval[0].toFixed(2)} to ${interval[1].toFixed(2)}; ` : '';
        return [figure(name, [value], unit, range + size)];
      }),
    );
}

/** Under the plain id the sensors whose type is known. */
export function dropoutFigures(alerts: readonly DropoutAlerts[]): Figure[] {
  return alerts.map(({ system, group, runs, count }) =>
    figure(
      `${system}.${group === 'dropout' ? '' : `${group}.`}dropout-process-alerts`,
      [count],
      'alerts',
      `bar 0; because of ${runs} runs of zeros`,
    ),
  );
}
