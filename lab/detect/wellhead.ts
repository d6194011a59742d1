// Our detector, reading by reading.

import {
  allLookers,
  createSensorDetector,
} from '../../cloud/src/analysis/detector/wellhead/create-sensor-detector.ts';
import type { Looker } from '../../cloud/src/analysis/detector/wellhead/sighting/sighting.ts';
import { keepBudget } from '../../cloud/src/analysis/event/alarm-budget.ts';
import type { DetectedEvent } from '../../cloud/src/event/event.ts';
import { protocol, wellhead } from './parameters.ts';
import type { Series } from './series.ts';
import type { FoundEvent } from './system.ts';

/**
 * Pushes all readings, in order. The events are those that stand at the end, and besides those what was told
 * as a process on the way and is none at the end: people had been called.
 */
export function runWellhead(series: Series, lookers: readonly Looker[] = allLookers): FoundEvent[] {
  const { properties, interval, times, values, flags, causes } = series;
  const detector = createSensorDetector(
    { properties, interval, alarmsPerYear: wellhead.alarmsPerYear },
    lookers,
  );
  const row = new Float64Array(properties.length);
  const told = new Map<string, DetectedEvent>();
  let asked = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < times.length; i++) {
    for (let p = 0; p < row.length; p++) row[p] = values[p]![i]!;
    detector.push(times[i]!, row, flags?.[i], causes?.[i]);
    if (times[i]! - asked < wellhead.askEvery) continue;
    asked = times[i]!;
    for (const event of keepBudget(detector.events()).events.slice(-wellhead.newest)) {
      const key = `${event.properties[0]}/${event.start}`;
      if (event.kind === 'process' && !told.has(key)) told.set(key, event);
    }
  }
  const last = times.at(-1) ?? 0;
  const events = keepBudget(detector.events()).events.map((event) => foundOf(event, last));
  const withdrawn = [...told.values()]
    .filter((event) => !events.some((other) => isSameProcess(event, other)))
    .map((event) => ({ ...foundOf(event, event.decidedAt), isWithdrawn: true }));
  return [...events, ...withdrawn].sort((a, b) => a.start - b.start);
}

function isSameProcess(told: DetectedEvent, { kind, properties, start, end }: FoundEvent): boolean {
  return (
    kind === 'process' &&
    told.properties.some((name) => properties.includes(name)) &&
    told.start <= end + protocol.tolerance &&
    told.decidedAt >= start - protocol.tolerance
  );
}

function foundOf(event: DetectedEvent, last: number): FoundEvent {
  const { kind, cause, properties, start, end = last, decidedAt, value, expected, score, evidence } = event;
  const text = [`score ${score.toFixed(1)}`, ...evidence.map(({ detector, text }) => `${detector}: ${text}`)];
  return { kind, cause, properties, start, end, decidedAt, value, expected, text: text.join('; ') };
}
