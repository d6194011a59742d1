// What went wrong, one line each: the list from which a detector is mended.
import type { Result } from './result.ts';
import { type Label, partAt, type Series } from './series.ts';
import type { FoundEvent } from './system.ts';

export interface ListOptions {
  /** Also what was right. */
  readonly hits?: boolean;
  readonly part?: string | undefined;
}

/** False events, missed labels, process events taken back, and what zeros caused, in order of time. */
export function listEvents(
  result: Pick<Result, 'series' | 'all' | 'process' | 'extra'>,
  options: ListOptions,
): string[] {
  const { hits = false, part } = options;
  const { series, extra = [] } = result;
  const { events, labels, match, since } = result.all;
  const lines: { readonly at: number; readonly text: string }[] = [];
  events.forEach((event, e) => {
    const on = match.labelsOf[e]!;
    if (on.length > 0 && !hits) return;
    const mark = on.length === 0 ? 'FALSE ' : 'hit   ';
    lines.push({ at: event.start, text: `${mark} ${eventLine(event)}${hardness(series, event)}` });
  });
  const withdrawn = result.process.events.filter(({ isWithdrawn = false }) => isWithdrawn);
  for (const event of withdrawn)
    lines.push({ at: event.start, text: `BACK   ${eventLine(event)} (taken back)` });
  for (const event of extra) lines.push({ at: event.start, text: `ZEROS  ${eventLine(event)}` });
  labels.forEach((label, l) => {
    if (match.eventsOf[l]!.length > 0 || label.from < since) return;
    const where = label.properties?.join('+') ?? '';
    const text = `MISSED ${spanOf(label.from, label.to)} ${label.what} ${where} ${valuesAround(series, label)}`;
    lines.push({ at: label.from, text });
  });
  return lines
    .filter(({ at }) => part === undefined || partAt(series, at) === part)
    .sort((a, b) => a.at - b.at)
    .map(({ text }) => text.trimEnd());
}

function eventLine(event: FoundEvent): string {
  const { kind, cause, properties, start, end, decidedAt, value, expected, text } = event;
  return (
    `${spanOf(start, end)} ${kind}/${cause} ${properties.join('+')} ` +
    `${short(value)} expected ${short(expected)}, told ${timeOf(decidedAt)}${text ? ` · ${text}` : ''}`
  );
}

function hardness(series: Series, { start, end }: FoundEvent): string {
  return series.hard?.some(({ from, to }) => start <= to && end >= from) ? ' · during recharge' : '';
}

/** The value before a label, and what the values under it did. */
function valuesAround(series: Series, { from, to, properties }: Label): string {
  const first = series.times.findIndex((time) => time >= from);
  const after = series.times.findIndex((time) => time > to);
  return series.properties
    .flatMap(({ name }, p) => {
      if (properties !== undefined && !properties.includes(name)) return [];
      const values = series.values[p]!;
      const inside = values.subarray(first, after < 0 ? undefined : after);
      const said = inside.length > 4 ? [...inside.subarray(0, 3), '…', inside.at(-1)!] : [...inside];
      const shown = said.map((value) => (typeof value === 'number' ? short(value) : value)).join(' ');
      return `${name}: ${short(values[first - 1] ?? Number.NaN)} → ${shown} → ${short(values[after] ?? Number.NaN)}`;
    })
    .join(', ');
}

function spanOf(from: number, to: number): string {
  return from === to ? timeOf(from) : `${timeOf(from)} – ${timeOf(to)}`;
}

function timeOf(time: number): string {
  return new Date(time).toISOString().slice(0, 16);
}

function short(value: number): string {
  return Number.isNaN(value) ? 'none' : String(Number(value.toPrecision(5)));
}
