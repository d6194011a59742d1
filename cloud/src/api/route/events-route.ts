// What the analysis has found, newest first, page by page.

import { answerEvent } from '../answer/answer-event.ts';
import { eventsSchema } from '../answer/event.ts';
import { event } from '../answer/examples.ts';
import { linkHeader, linkNext } from '../http/link-next.ts';
import { defineRoute, json } from '../http/route.ts';
import { given } from '../request/given.ts';
import { eventsParameters } from '../request/parameters.ts';
import { encodeStartCursor } from '../request/start-cursor.ts';

const defaultEvents = 100;

export const eventsRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/events',
  summary: 'what the analysis found, newest first',
  role: 'viewer',
  etag: true,
  query: eventsParameters,
  answers: {
    200: {
      ...json('one page', eventsSchema, { events: [event], next: null, truncated: false, count: 1 }),
      headers: linkHeader,
    },
  },
  async handle({ store }, { query: { cursor, limit = defaultEvents, ...asked } }, exchange) {
    const { events, next: after } = await store.events.find({
      ...given(asked),
      ...(cursor !== undefined && { after: cursor }),
      limit,
    });
    const next = after === undefined ? null : encodeStartCursor(after);
    linkNext(exchange, next);
    return { events: events.map(answerEvent), next, truncated: next !== null, count: events.length };
  },
});
