// Faults beside the events of a detector: one list, in which no fault is told as an event of the ground.
import { hourMs } from '@wellhead/protocol';
import type { DetectedEvent } from '../../event/event.ts';
import type { FaultSpan } from './fault-window.ts';

/** What follows a step or a move so soon is part of it, ms: a detector needs some readings to see it. */
const settling = 2 * hourMs;

/** Those whose own steps a detector takes for the ground's. */
const explaining: readonly FaultSpan['cause'][] = ['sensor-moved', 'calibration'];

/**
 * The events with those of the spans, by start. A process event of a property that begins inside a move or a
 * calibration, or within two hours (two readings) after it, becomes a fault with that cause. Each other span, and
 * each that explains no event, is a fault event of its own: never a process event.
 * @param interval usual time between two readings, ms
 */
export function withFaults(
  events: readonly DetectedEvent[],
  spans: readonly FaultSpan[],
  interval: number,
): DetectedEvent[] {
  const after = Math.max(settling, 2 * interval);
  const told = new Set<FaultSpan>();
  const explained = events.map((event): DetectedEvent => {
    const own = spans.filter(
      ({ cause, property, start, end }) =>
        explaining.includes(cause) &&
        event.kind === 'process' &&
        event.properties.includes(property) &&
        event.start >= start &&
        event.start <= end + after,
    );
    const [first] = own;
    if (first === undefined) return event;
    for (const span of own) told.add(span);
    return {
      ...event,
      kind: 'fault',
      cause: first.cause,
      evidence: [...own.map(evidenceOf), ...event.evidence],
    };
  });
  const rest = together(spans.filter((span) => !told.has(span))).map(eventOf);
  return [...explained, ...rest].sort((a, b) => a.start - b.start);
}

/** Spans of one cause that overlap are one episode of several properties, as when a whole sonde is calibrated. */
function together(spans: readonly FaultSpan[]): (readonly [FaultSpan, ...FaultSpan[]])[] {
  const groups: [FaultSpan, ...FaultSpan[]][] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const group = groups.find(
      (spansOfOne) => spansOfOne[0].cause === span.cause && spansOfOne.some(({ end }) => span.start <= end),
    );
    if (group === undefined) groups.push([span]);
    else group.push(span);
  }
  return groups;
}

function eventOf(spans: readonly [FaultSpan, ...FaultSpan[]]): DetectedEvent {
  const { cause, start, peak, value, expected } = spans[0];
  const end = Math.max(...spans.map((span) => span.end));
  return {
    kind: 'fault',
    cause,
    properties: [...new Set(spans.map(({ property }) => property))],
    start,
    peak,
    end,
    decidedAt: end,
    value,
    expected,
    score: 1,
    evidence: spans.map(evidenceOf),
  };
}

function evidenceOf({ property, text }: FaultSpan): DetectedEvent['evidence'][number] {
  return { detector: 'hindsight', property, text };
}
