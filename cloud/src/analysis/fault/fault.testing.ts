// Windows of readings for tests.
import { type CauseName, causes, type FaultSettings, flags, hourMs } from '@wellhead/protocol';
import type { FaultProperty, FaultSpan, FaultWindow } from './fault-window.ts';

export const hour = hourMs;
export const day = 24 * hour;
/** A Thursday. */
export const start = Date.UTC(2026, 0, 1);

/** What a quality test said of the values of hours, `to` with them. */
export interface Failed {
  readonly from: number;
  readonly to: number;
  readonly cause: CauseName;
}

/** One reading an hour; `failed` strikes all properties, `without` are hours whose reading never came. */
export function windowOf(
  columns: Readonly<Record<string, readonly number[]>>,
  settings: Readonly<Record<string, FaultSettings>>,
  {
    failed = [],
    without = [],
  }: { readonly failed?: readonly Failed[]; readonly without?: readonly number[] } = {},
): FaultWindow {
  const names = Object.keys(columns);
  const hours = columns[names[0]!]!.map((_, i) => i).filter((i) => !without.includes(i));
  const failure = (i: number) => failed.find(({ from, to }) => i >= from && i <= to);
  const flagOf = (i: number) => {
    const cause = failure(i)?.cause;
    return cause === undefined ? flags.good : cause === 'missing' ? flags.missing : flags.bad;
  };
  return {
    properties: names.map(
      (name): FaultProperty => ({
        name,
        title: name,
        unit: 'm',
        resolution: 0.01,
        settings: settings[name] ?? {},
      }),
    ),
    interval: hour,
    times: Float64Array.from(hours, (i) => start + i * hour),
    values: names.map((name) => Float64Array.from(hours, (i) => columns[name]![i]!)),
    flags: names.map(() => Uint8Array.from(hours, flagOf)),
    causes: names.map(() => Uint8Array.from(hours, (i) => causes[failure(i)?.cause ?? 'none'])),
  };
}

/** So many hours of a slow fall with the scatter of an instrument; the same every time. */
export function quiet(hours: number, level = 28): number[] {
  return Array.from(
    { length: hours },
    (_, i) => level - i * 0.0005 + 0.01 * Math.sin(i * 2.4) + 0.004 * Math.cos(i * i),
  );
}

/** Adds `by` to the values of hours from one to another, not with it. */
export function moved(values: readonly number[], from: number, to: number, by: number): number[] {
  return values.map((value, i) => (i >= from && i < to ? value + by : value));
}

/** `level sensor-moved 5-9`: hours from the beginning. */
export function inShort(spans: readonly FaultSpan[]): string[] {
  const hours = (at: number) => (at - start) / hour;
  return spans.map((span) => `${span.property} ${span.cause} ${hours(span.start)}-${hours(span.end)}`);
}
