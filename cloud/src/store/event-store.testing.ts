import { hourMs } from '@wellhead/protocol';
import type { FoundEvent } from '../event/stored-event.ts';
import type { EventSpan } from './event-store.ts';

export const dayOne = Date.UTC(2026, 0, 1);

/** An event for the tests of stores; `start` counts hours from the first of January. */
export function sampleEvent(
  id: string,
  startHour: number,
  more: Partial<FoundEvent> & { readonly isOpen?: boolean } = {},
): FoundEvent {
  const { isOpen, ...own } = more;
  const start = dayOne + startHour * hourMs;
  return {
    id,
    site: 'site-a',
    sensors: ['well-1'],
    properties: ['water_level'],
    kind: 'process',
    cause: 'spike',
    explanation: 'Water level rose.',
    start,
    peak: start + hourMs,
    ...(isOpen !== true && { end: start + 2 * hourMs }),
    decidedAt: start + hourMs,
    value: 12.5,
    expected: 12,
    score: 1.75,
    evidence: [{ detector: 'local', property: 'water_level', text: '0.5 m above' }],
    rules: 'detector@1',
    ...own,
  };
}

/** The span of a sensor from one hour to another, with what starts there. */
export function sampleSpan(
  fromHour: number,
  toHour: number,
  events: readonly FoundEvent[],
  more: { readonly site?: string; readonly sensor?: string | undefined } = {},
): EventSpan {
  const { site = 'site-a' } = more;
  const sensor = 'sensor' in more ? more.sensor : 'well-1';
  return {
    site,
    ...(sensor !== undefined && { sensor }),
    from: dayOne + fromHour * hourMs,
    to: dayOne + toHour * hourMs,
    events,
  };
}
