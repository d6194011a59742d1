// What the analysis has found, newest first, page by page.

import { answerEvent } from '../answer/answer-event.ts';
import { eventsSchema } from '../answer/event.ts';
import { event } from '../answer/examples.ts';
import { jsonPage } from '../http/list-answer.ts';
import { defineRoute } from '../http/route.ts';
import { newestFirst, pageEnd } from '../request/newest-first.ts';
import { eventsParameters } from '../request/parameters.ts';

export const eventsRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/events',
  summary: 'what the analysis found, newest first',
  role: 'viewer',
  etag: true,
  query: eventsParameters,
  answers: {
    200: jsonPage('one page', eventsSchema, { events: [event], next: null, truncated: false, count: 1 }),
  },
  async handle({ store }, { query }, exchange) {
    const { events, next } = await store.events.find(newestFirst(query));
    return { events: events.map(answerEvent), ...pageEnd(exchange, events, next) };
  },
});
