// What `detect --json` prints, for programs: all anomalies and all episodes.
import type { Column, RowEvent } from './find-events.ts';
import type { Findings } from './report-findings.ts';

export function findingsAsJson({ values, times, period, anomalies, events }: Findings): object {
  return {
    n: values.length,
    period: period.values,
    anomalies: anomalies.map(({ index, value, expected }) => ({
      index,
      time: times === undefined ? null : new Date(times[index]!).toISOString(),
      value,
      expected,
    })),
    events,
  };
}

/** The anomalies are all rows of the episodes; `events` says what each is. */
export function eventsAsJson({ values, times }: Column, events: readonly RowEvent[]): object {
  const timeOf = (index: number) => (times === undefined ? null : new Date(times[index]!).toISOString());
  const rows = new Map<number, { kind: string; expected: number | null }>();
  for (const { start, end, event } of events) {
    const expected = Number.isNaN(event.expected) ? null : event.expected;
    for (let i = start; i <= end; i++) if (!rows.has(i)) rows.set(i, { kind: event.kind, expected });
  }
  return {
    n: values.length,
    anomalies: [...rows]
      .filter(([index]) => !Number.isNaN(values[index]!))
      .sort(([a], [b]) => a - b)
      .map(([index, row]) => ({ index, time: timeOf(index), value: values[index], ...row })),
    events: events.map(({ start, end, peak, count, decided, isOpen, event }) => ({
      start,
      end,
      peak,
      count,
      decided,
      open: isOpen,
      kind: event.kind,
      cause: event.cause,
      startTime: timeOf(start),
      endTime: timeOf(end),
      peakTime: timeOf(peak),
      value: Number.isNaN(event.value) ? null : event.value,
      expected: Number.isNaN(event.expected) ? null : event.expected,
      score: event.score,
      evidence: event.evidence,
    })),
  };
}
