import { afterAll, beforeAll, expect, it } from 'vitest';
import { sampleEvent, sampleSpan } from '../../store/event-store.testing.ts';
import type { EventAnswer } from '../answer/answers.ts';
import type { ProblemBody } from '../http/problem.ts';
import { openTestApi, type TestApi } from '../open-api.testing.ts';

const now = Date.UTC(2026, 0, 4);
let api: TestApi;
beforeAll(async () => {
  api = await openTestApi({ now: () => now });
  const { events } = api.store;
  await events.replace([sampleSpan(0, 24, [sampleEvent('e1', 1), sampleEvent('e2', 2)])], now - 2);
  await events.replace([sampleSpan(2, 3, [])], now - 1);
});
afterAll(() => api.close());

async function ask(path: string, body?: unknown) {
  const response = await fetch(`${api.url}/api/v1/events/${path}`, {
    ...(body !== undefined && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  });
  return { status: response.status, answer: (await response.json()) as EventAnswer & ProblemBody };
}

it('one event is found by its id, also when it was withdrawn', async () => {
  expect(await ask('e1')).toMatchObject({ status: 200, answer: { id: 'e1', withdrawn: false } });
  expect((await ask('e2')).answer).toMatchObject({ id: 'e2', withdrawn: true, feedback: null });
});

it('what is said of an event is kept with who said it and when, and the last word counts', async () => {
  const { status, answer } = await ask('e1/feedback', { verdict: 'true', note: 'heavy rain' });
  expect(status).toBe(201);
  expect(answer.feedback).toEqual({
    verdict: 'true',
    note: 'heavy rain',
    author: 'this machine',
    at: '2026-01-04T00:00:00.000Z',
  });
  await ask('e1/feedback', { verdict: 'maintenance' });
  expect((await ask('e1')).answer.feedback).toMatchObject({ verdict: 'maintenance', note: '' });
  expect(await api.store.events.feedback({ event: 'e1' })).toHaveLength(2);
});

it('the longest note is taken, in whatever characters', async () => {
  for (const character of ['\u0001', '水', 'a'])
    expect((await ask('e2/feedback', { verdict: 'false', note: character.repeat(1_000) })).status).toBe(201);
});

it.each([
  ['an event that there is not', 'e9/feedback', { verdict: 'true' }, 404, 'UNKNOWN_EVENT'],
  ['another verdict', 'e1/feedback', { verdict: 'perhaps' }, 400, 'BAD_PARAMETER'],
  ['no verdict', 'e1/feedback', {}, 400, 'BAD_PARAMETER'],
  ['a long note', 'e1/feedback', { verdict: 'true', note: 'a'.repeat(1_001) }, 400, 'BAD_PARAMETER'],
  ['an author of its own', 'e1/feedback', { verdict: 'true', author: 'bob' }, 400, 'BAD_PARAMETER'],
  ['no JSON', 'e1/feedback', '{', 400, 'BAD_REQUEST'],
  ['a list', 'e1/feedback', [], 400, 'BAD_PARAMETER'],
  ['null', 'e1/feedback', 'null', 400, 'BAD_PARAMETER'],
  ['a body beyond all notes', 'e1/feedback', 'a'.repeat(9_000), 413, 'BODY_TOO_LARGE'],
  ['an event that there is not', 'e9', undefined, 404, 'UNKNOWN_EVENT'],
])('%s is refused: %s', async (_, path, body, status, code) => {
  expect(await ask(path, body)).toMatchObject({ status, answer: { status, code } });
});
