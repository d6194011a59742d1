// One event, and what somebody says of it.
import { z } from 'zod';
import { type JudgedEvent, verdicts } from '../../event/stored-event.ts';
import { answerEvent } from '../answer/answer-event.ts';
import { eventAnswerSchema } from '../answer/event.ts';
import { event } from '../answer/examples.ts';
import type { ApiContext } from '../http/api.ts';
import { ApiProblem } from '../http/problem.ts';
import { defineRoute, json } from '../http/route.ts';

const longestNote = 1_000;
/** A note of characters that JSON escapes with six bytes each, and the rest. */
const bodyBytes = 8 * 1_024;

const idParameter = z.strictObject({
  id: z
    .string()
    .min(1)
    .max(100)
    .meta({ description: '`id` of the event', examples: [event.id] }),
});

export const eventRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/events/:id',
  summary: 'one event, withdrawn or not',
  role: 'viewer',
  etag: true,
  params: idParameter,
  answers: { 200: json('with what was last said of it', eventAnswerSchema, event) },
  problems: ['UNKNOWN_EVENT'],
  handle: async (context, { params: { id } }) => answerEvent(await findEvent(context, id)),
});

export const feedbackRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/events/:id/feedback',
  summary: 'say what an event was',
  description:
    'All that was said is kept, and what was said last counts. The next round of the analysis learns from it.',
  role: 'operator',
  params: idParameter,
  body: z.strictObject({
    verdict: z
      .enum(verdicts, 'choose true, false or maintenance')
      .describe('it happened, it was a false alarm, or people were at work'),
    note: z
      .string()
      .max(longestNote, `write at most ${longestNote} characters`)
      .optional()
      .describe('for colleagues'),
  }),
  bodyBytes: () => bodyBytes,
  answers: {
    201: json('the event with it', eventAnswerSchema, {
      ...event,
      feedback: { verdict: 'true', author: 'ann', note: 'heavy rain', at: '2026-05-04T08:00:00.000Z' },
    }),
  },
  problems: ['UNKNOWN_EVENT'],
  audited: ({ params: { id }, body: { verdict, note = '' } }) =>
    `event ${id} judged ${verdict}${note === '' ? '' : `: ${note}`}`,
  async handle(context, { params: { id }, body: { verdict, note = '' } }, { principal, reply }) {
    const said = { event: id, verdict, note, author: principal.name, at: context.now() };
    if (!(await context.store.events.judge(said))) throw unknownEvent(id);
    reply.code(201);
    return answerEvent(await findEvent(context, id));
  },
});

async function findEvent({ store }: ApiContext, id: string): Promise<JudgedEvent> {
  const found = await store.events.get(id);
  if (found === undefined) throw unknownEvent(id);
  return found;
}

function unknownEvent(id: string): ApiProblem {
  return new ApiProblem('UNKNOWN_EVENT', `There is no event ${id}. All events are at /api/v1/events.`);
}
