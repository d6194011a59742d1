// What the analysis has found, newest first, page by page.
import type { FastifyInstance } from 'fastify';
import type { JudgedEvent } from '../store/event-store.ts';
import type { EventAnswer, EventsAnswer } from './answers.ts';
import type { ApiOptions } from './api.ts';
import { encodeEventCursor } from './event-cursor.ts';
import { eventsParameters } from './parameters.ts';
import { readParameters } from './problem.ts';

const defaultEvents = 100;

export function addEventsRoute(server: FastifyInstance, { store }: ApiOptions): void {
  server.get('/api/v1/events', async (request, reply): Promise<EventsAnswer> => {
    const { cursor, limit = defaultEvents, ...asked } = readParameters(eventsParameters, request.query);
    const { events, next } = await store.events.find({
      ...given(asked),
      ...(cursor !== undefined && { after: cursor }),
      limit,
    });
    const cursorOfNext = next === undefined ? null : encodeEventCursor(next);
    if (cursorOfNext !== null) {
      // RFC 8288, as with readings.
      const address = new URL(request.url, 'http://localhost');
      address.searchParams.set('cursor', cursorOfNext);
      reply.header('link', `<${address.pathname}${address.search}>; rel="next"`);
    }
    return { events: events.map(answerOf), next: cursorOfNext, count: events.length };
  });
}

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
