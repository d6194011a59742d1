import { extraAlerts } from './extra-alerts.ts';
import { protocol } from './parameters.ts';
import type { Series } from './series.ts';
import type { FoundEvent, System } from './system.ts';
import { type Judged, judge } from './tally.ts';

/** What one system did on one series, counted both ways. */
export interface Result {
  readonly series: Series;
  readonly system: System;
  readonly found: readonly FoundEvent[];
  readonly all: Judged;
  readonly process: Judged;
  /** Process alerts that zeros caused, where zeros were put in. */
  readonly extra?: readonly FoundEvent[];
}

/** Runs a system on a series and counts. */
export function resultOf(series: Series, system: System): Result {
  const found = system.run(series);
  const all = judge(series, found, 'all');
  const result = { series, system, found, all, process: judge(series, found, 'process') };
  const { twin, labels } = series;
  if (twin === undefined) return result;
  const scored = found.filter(({ end }) => end >= all.since);
  return { ...result, extra: extraAlerts(scored, system.run(twin), labels, protocol.tolerance) };
}
