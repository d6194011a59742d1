// What the analysis has found, newest first, page by page.
import type { JudgedEvent } from '../store/event-store.ts';
import { eventsSchema } from './answer/event.ts';
import { event } from './answer/examples.ts';
import type { EventAnswer } from './answers.ts';
import { encodeEventCursor } from './event-cursor.ts';
import { linkHeader, linkNext } from './link-next.ts';
import { eventsParameters } from './parameters.ts';
import { defineRoute, json } from './route.ts';

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
    const next = after === undefined ? null : encodeEventCursor(after);
    linkNext(exchange, next);
    return { events: events.map(answerOf), next, truncated: next !== null, count: events.length };
  },
});

/** What was asked for, without the keys that were not. */
function given<Asked extends object>(
  asked: Asked,
): { [Key in keyof Asked]?: Exclude<Asked[Key], undefined> } {
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)) as never;
}

function answerOf(event: JudgedEvent): EventAnswer {
  const { start, peak, end, decidedAt, foundAt, changedAt, feedback, partOf, value, expected, ...rest } =
    event;
  const iso = (time: number) => new Date(time).toISOString();
  return {
    ...rest,
    ...{ value: numberOf(value), expected: numberOf(expected) },
    ...{ start: iso(start), peak: iso(peak), end: end === undefined ? null : iso(end) },
    ...{ decidedAt: iso(decidedAt), foundAt: iso(foundAt), changedAt: iso(changedAt) },
    partOf: partOf ?? null,
    feedback:
      feedback === undefined
        ? null
        : {
            ...{ verdict: feedback.verdict, author: feedback.author, note: feedback.note },
            at: iso(feedback.at),
          },
  };
}

function numberOf(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
