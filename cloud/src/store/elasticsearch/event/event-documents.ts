// Events and what was said of them, as Elasticsearch holds them.
import { createHash } from 'node:crypto';
import type { Feedback, JudgedEvent, StoredEvent } from '../../../event/stored-event.ts';
import { eventOfText, eventText } from '../../event-text.ts';

export interface EventDocument {
  readonly body: string;
  readonly said?: string;
}

/** The part of the document that an analysis sets; an event that goes on again loses its end. */
export function eventDocument(event: StoredEvent): object {
  const { id, site, sensors, kind, cause, properties, start, end, score, withdrawn, explanation } = event;
  return {
    id,
    site,
    sensors,
    isRegional: sensors.length > 1,
    kind,
    cause,
    properties,
    start,
    end: end ?? null,
    score,
    withdrawn,
    explanation,
    '@timestamp': Math.floor(start),
    body: eventText(event),
  };
}

export function eventOf({ body, said }: EventDocument): JudgedEvent {
  const event = eventOfText(body);
  return said === undefined ? event : { ...event, feedback: JSON.parse(said) as Feedback };
}

/** The same feedback once more, after an answer that was lost, is the same document. */
export function feedbackId({ event, verdict, author, note, at }: Feedback): string {
  return createHash('sha256')
    .update(JSON.stringify([event, verdict, author, note, at]))
    .digest('base64url')
    .slice(0, 22);
}
