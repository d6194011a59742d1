// Counts of one series, week by week, so that weeks can be added up, and drawn again for the intervals.
import { chanceOf } from './chance.ts';
import { type Match, matchEvents } from './match-events.ts';
import { protocol } from './parameters.ts';
import { type Label, type Part, partAt, type Series } from './series.ts';
import type { FoundEvent } from './system.ts';

/** `all` asks whether something was told; `process` only of what the ground did. */
export type View = 'all' | 'process';

export interface Tally {
  readonly part: Part;
  /** Sensor-months: months times channels. */
  readonly months: number;
  /** Time that is scored, and time inside of events, ms. */
  readonly time: number;
  readonly timeInEvents: number;
  /** Events on a label, and on none. */
  readonly right: number;
  readonly false: number;
  readonly labels: number;
  readonly hits: number;
  /** What would be hit if the labels had happened at other times. */
  readonly chanceHits: number;
  /** Hits by an event that began with the label, not by one that had been going on before. */
  readonly ownHits: number;
  /** Events on labels that were hit, each pair once: above `hits` are duplicates. */
  readonly alerts: number;
  /** For each hit the samples from the label's start until it was told. */
  readonly delays: readonly number[];
}

export interface Judged {
  readonly events: readonly FoundEvent[];
  readonly labels: readonly Label[];
  readonly match: Match;
  readonly tallies: readonly Tally[];
  /** Where scoring begins. */
  readonly since: number;
}

/** Matches events with labels and counts. What begins before scoring does is neither right nor wrong. */
export function judge(series: Series, found: readonly FoundEvent[], view: View): Judged {
  const { times, interval } = series;
  const last = times.at(-1) ?? 0;
  const since = (times[0] ?? 0) + protocol.unscored;
  const events = found.filter(
    ({ kind, end, isWithdrawn = false }) =>
      end >= since && (view === 'all' ? !isWithdrawn : kind === 'process'),
  );
  const labels = series.labels.filter(({ kind }) => view === 'all' || kind !== 'fault');
  const tolerance = Math.max(protocol.tolerance, interval);
  const match = matchEvents(events, labels, tolerance);

  const { block } = protocol.bootstrap;
  const weeks = Array.from({ length: Math.max(0, Math.ceil((last - since) / block)) }, (_, w) => {
    const from = since + w * block;
    return emptyWeek(partAt(series, from), Math.min(block, last - from), series.properties.length);
  });
  const weekAt = (time: number) =>
    weeks[Math.min(weeks.length - 1, Math.max(0, Math.floor((time - since) / block)))];

  events.forEach((event, e) => {
    const on = match.labelsOf[e]!;
    const week = weekAt(event.start);
    if (week === undefined) return;
    if (on.some((l) => labels[l]!.from >= since)) week.right++;
    else if (on.length === 0) week.false++;
  });
  const chance = chanceOf(events, labels, {
    scored: { from: since, to: last },
    tolerance,
    shifts: protocol.shifts,
  });
  labels.forEach((label, l) => {
    const week = weekAt(label.from);
    if (week === undefined || label.from < since) return;
    week.labels++;
    week.chanceHits += chance[l]!;
    const on = match.eventsOf[l]!;
    if (on.length === 0) return;
    week.hits++;
    week.alerts += on.length;
    if (on.some((e) => events[e]!.start >= label.from - tolerance)) week.ownHits++;
    // What was told before the label began was not late.
    const told = Math.min(...on.map((e) => events[e]!.decidedAt));
    week.delays.push(Math.max(0, told - label.from) / interval);
  });
  for (const { from, to } of union(events, since, interval)) {
    for (let w = Math.floor((from - since) / block); w < weeks.length; w++) {
      const begin = since + w * block;
      if (begin >= to) break;
      weeks[w]!.timeInEvents += Math.max(0, Math.min(to, begin + weeks[w]!.time) - Math.max(from, begin));
    }
  }
  return { events, labels, match, tallies: weeks, since };
}

function emptyWeek(part: Part, time: number, channels: number) {
  const none = {
    timeInEvents: 0,
    right: 0,
    false: 0,
    labels: 0,
    hits: 0,
    chanceHits: 0,
    ownHits: 0,
    alerts: 0,
    delays: [] as number[],
  };
  return { part, months: (time / protocol.month) * channels, time, ...none };
}

/** The time that any event covers; each reading of one stands for a sample. */
function union(events: readonly FoundEvent[], since: number, interval: number) {
  const spans: { from: number; to: number }[] = [];
  for (const { start, end } of events.toSorted((a, b) => a.start - b.start)) {
    const span = { from: Math.max(since, start), to: end + interval };
    const last = spans.at(-1);
    if (last !== undefined && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else spans.push(span);
  }
  return spans;
}
