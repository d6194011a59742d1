// What the cloud could not take: looked at by operators, sent once more by who runs it.
import { z } from 'zod';
import type { KeptLetter } from '../../dead-letter/dead-letters.ts';
import { deadLetterSchema, deadLettersSchema } from '../answer/dead-letter.ts';
import { jsonPage, nextPage } from '../http/list-answer.ts';
import { ApiProblem } from '../http/problem.ts';
import { defineRoute, json } from '../http/route.ts';
import { requireIntake } from '../request/require-intake.ts';

const defaultLetters = 100;
const maxLetters = 1_000;
/** A page ends behind the letter that fills it. */
const pageBytes = 4 * 1_024 ** 2;

const limitMessage = `give a whole number from 1 to ${maxLetters}; follow \`next\` for more`;
const number = (message: string) =>
  z
    .string()
    .regex(/^\d{1,15}$/, message)
    .transform(Number);

const example = {
  id: '17',
  at: '2026-06-01T12:00:07.000Z',
  topic: 'wellhead/1/demo/demo-gateway/data',
  reason: 'bad-batch',
  detail: 'BATCH_CHECKSUM: the checksum is wrong',
  size: 812,
};

export const deadLettersRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/dead-letters',
  summary: 'messages that could not be taken, newest first',
  description:
    'Those of the process that answers; where roles run in processes of their own, each keeps its own.',
  role: 'operator',
  query: z.strictObject({
    limit: number(limitMessage)
      .pipe(z.number().min(1, limitMessage).max(maxLetters, limitMessage))
      .optional()
      .describe(`at most so many in one answer, 1 to ${maxLetters}; fewer with large payloads`),
    cursor: number('is not a cursor; give `next` of the page before as it is, or leave it out')
      .optional()
      .describe('`next` of the page before'),
    payload: z
      .enum(['true', 'false'], 'write true or false')
      .transform((text) => text === 'true')
      .optional()
      .describe('true: with the message itself in base64'),
  }),
  answers: {
    200: jsonPage('one page', deadLettersSchema, {
      deadLetters: [example],
      next: null,
      truncated: false,
      total: 1,
    }),
  },
  async handle({ deadLetters: kept }, { query }, exchange) {
    const { limit = defaultLetters, cursor, payload = false } = query;
    const deadLetters: z.input<typeof deadLetterSchema>[] = [];
    let next: string | null = null;
    let bytes = 0;
    for await (const letter of kept.newest(cursor)) {
      if (deadLetters.length === limit || bytes >= pageBytes) {
        next = deadLetters.at(-1)!.id;
        break;
      }
      deadLetters.push(answerOf(letter, payload));
      if (payload) bytes += letter.payload.length;
    }
    return { deadLetters, ...nextPage(exchange, next), total: kept.count };
  },
});

export const replayRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/dead-letters/:id/replay',
  summary: 'send a dead letter once more',
  description:
    'As if it had come by its topic again. What is taken now is no dead letter any more; what the cloud holds already is not counted twice.',
  role: 'admin',
  params: z.strictObject({
    id: z
      .string()
      .regex(/^\d{1,15}$/, 'is a number')
      .describe('`id` of the letter'),
  }),
  answers: { 200: json('it is taken, and gone from the list', deadLetterSchema, example) },
  problems: ['UNKNOWN_DEAD_LETTER', 'NO_BRIDGE', 'STILL_DEAD', 'LOG_WRITE'],
  async audited({ params: { id } }, { deadLetters }) {
    const letter = await deadLetters.get(Number(id));
    return letter === undefined
      ? `no dead letter ${id}`
      : `dead letter ${id}, ${letter.reason}, ${letter.topic}`;
  },
  async handle({ deadLetters, intake, meters }, { params: { id } }) {
    const letter = await deadLetters.get(Number(id));
    if (letter === undefined)
      throw new ApiProblem(
        'UNKNOWN_DEAD_LETTER',
        `There is no dead letter ${id}; perhaps it is taken already.`,
      );
    const bridged = requireIntake(intake);
    const { topic, payload, reason } = letter;
    const end = await bridged.take({ topic, payload, wasLogged: reason === 'store-refused' });
    meters.add('dead_letters_replayed_total', 1, end === undefined ? 'taken' : 'refused');
    if (end !== undefined)
      throw new ApiProblem('STILL_DEAD', `It is refused again and stays: ${end.reason}, ${end.detail}.`);
    await deadLetters.remove(letter.number);
    return answerOf(letter, false);
  },
});

function answerOf(letter: KeptLetter, withPayload: boolean): z.input<typeof deadLetterSchema> {
  const { number: place, at, topic, reason, detail, payload } = letter;
  return {
    id: String(place),
    at,
    topic,
    reason,
    detail,
    size: payload.length,
    ...(withPayload && { payload: Buffer.from(payload).toString('base64') }),
  };
}
