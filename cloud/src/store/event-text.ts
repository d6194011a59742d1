// Events as stores keep them whole: as JSON, in which what is no number is null.
import type { Feedback, StoredEvent } from '../event/stored-event.ts';

export function eventText(event: StoredEvent): string {
  return JSON.stringify(event);
}

/** The inverse of `eventText`: a value or an expectation that nobody knows is NaN again. */
export function eventOfText(text: string): StoredEvent {
  const event = JSON.parse(text) as StoredEvent & { value: number | null; expected: number | null };
  return { ...event, value: event.value ?? Number.NaN, expected: event.expected ?? Number.NaN };
}

/** In one order of keys; what is read from it is `JSON.parse`. */
export function feedbackText({ event, verdict, author, note, at }: Feedback): string {
  return JSON.stringify({ event, verdict, author, note, at });
}
