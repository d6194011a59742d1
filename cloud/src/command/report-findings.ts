// What `detect` prints of anomalies: how they were looked for, a short table, and what to do next.
import type { Anomaly } from '../analysis/detector/anomaly.ts';
import type { AnomalyEvent } from '../analysis/detector/group-events.ts';
import type { ChosenPeriod } from '../analysis/detector/shesd/choose-period.ts';
import { counted } from './counted.ts';
import type { DetectOptions } from './detect-options.ts';

export interface Findings {
  readonly file: string;
  readonly column: string;
  readonly values: Float64Array;
  /** ms since 1970 */
  readonly times: Float64Array | undefined;
  readonly period: ChosenPeriod;
  readonly anomalies: readonly Anomaly[];
  readonly events: readonly AnomalyEvent[];
}

/** Longer tables are for programs: those take JSON. */
const maxLines = 20;

/** What was found, as a person should read it: how it was looked for, a short table, what to do next. */
export function reportFindings(findings: Findings, options: DetectOptions): string {
  const { file, column, values, period, anomalies, events } = findings;
  const missing = values.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0);
  const head = `${file}, ${column}: ${counted(values.length, 'value')}${missing > 0 ? `, ${missing} of them missing` : ''}.
Cycle of ${period.values} values (${period.why}).
${
  anomalies.length === 0
    ? 'No anomalies.'
    : `${counted(anomalies.length, 'anomaly', 'anomalies')} in ${counted(events.length, 'event')}.`
}
`;
  const table = events.length === 0 ? '' : `\n${tableOf(findings)}`;
  return `${head}${table}\n${adviceOn(findings, options, values.length - missing)}\n`;
}

function tableOf({ times, anomalies, events }: Findings): string {
  const byIndex = new Map(anomalies.map((anomaly) => [anomaly.index, anomaly]));
  const place = (index: number) =>
    times === undefined ? String(index) : `${new Date(times[index]!).toISOString().slice(0, 19)}Z`;
  // The largest events, in time order.
  const shown = [...events]
    .sort((a, b) => b.count - a.count || a.start - b.start)
    .slice(0, maxLines)
    .sort((a, b) => a.start - b.start);
  const lines = shown.map(({ start, end, peak, count }) => {
    const { value, expected } = byIndex.get(peak)!;
    return [place(start), place(end), String(count), place(peak), short(value), short(expected)];
  });
  const unit = times === undefined ? 'row' : 'time';
  const all = [[`first ${unit}`, `last ${unit}`, 'values', `peak at`, 'value', 'expected'], ...lines];
  const widths = all[0]!.map((_, cell) => Math.max(...all.map((line) => line[cell]!.length)));
  const text = all
    .map((line) =>
      line
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
  const rest = events.length - shown.length;
  return `${text}\n${rest > 0 ? `and ${rest} more; --json has all of them\n` : ''}`;
}

function adviceOn({ anomalies }: Findings, options: DetectOptions, measured: number): string {
  const advice: string[] = [];
  if (options.plot === undefined)
    advice.push('See them in the series: add --plot series.svg and open it in a browser.');
  else advice.push(`Look at ${options.plot} in a browser.`);
  if (anomalies.length === 0) {
    if (options.direction !== 'both')
      advice.push('Only one side was looked at: --direction both looks at both.');
  } else if (anomalies.length > 0.9 * options.maxAnoms * measured) {
    advice.push(
      'As many were found as were allowed (--max-anoms), so the series does not suit the method: try --remove-trend for a slope, and --mad-floor with the resolution of the sensor for a quiet one.',
    );
  } else if (!options.removeTrend) {
    advice.push('If slopes or slow changes are marked: --remove-trend.');
  }
  return `Next:\n${advice.map((line) => `- ${line}`).join('\n')}`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(6)));
}
