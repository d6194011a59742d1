import { decodeBatch, decodeBlock, encodeBatch, encodeBlock } from '@wellhead/protocol';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { z } from 'zod';
import type { DeadLetter } from '../../dead-letter/dead-letters.ts';
import { sampleBlock, seqs } from '../../store/reading-store.testing.ts';
import type { deadLettersSchema } from '../answer/dead-letter.ts';
import type { ProblemBody } from '../http/problem.ts';
import { openTestApi, type TestApi } from '../open-api.testing.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi({ now: () => Date.UTC(2026, 0, 1) });
});
afterAll(() => api.close());
beforeEach(async () => {
  for await (const { number } of api.deadLetters.newest()) await api.deadLetters.remove(number);
});

const topic = 'wellhead/1/site-a/gateway-1/data';
const batch = (origin = 'origin-1') =>
  encodeBatch({
    site: 'site-a',
    gateway: 'gateway-1',
    origin,
    lane: 'live' as const,
    blocks: [encodeBlock(sampleBlock({}, seqs(1, 5)))],
  });
const keep = (letter: Partial<DeadLetter> = {}) =>
  api.deadLetters.keep({ topic, reason: 'bad-batch', detail: 'why', payload: Buffer.from('x'), ...letter });

type Page = z.output<typeof deadLettersSchema>;
const list = async (query = '') =>
  (await (await fetch(`${api.url}/api/v1/dead-letters${query}`)).json()) as Page & ProblemBody;
async function replay(id: string, at = api) {
  const response = await fetch(`${at.url}/api/v1/dead-letters/${id}/replay`, { method: 'POST' });
  return { status: response.status, answer: (await response.json()) as ProblemBody };
}

it('dead letters come newest first, in pages, with their payload only where it is asked for', async () => {
  for (const detail of ['one', 'two', 'three']) await keep({ detail });
  const first = await list('?limit=2');
  expect(first).toMatchObject({
    deadLetters: [{ detail: 'three', size: 1, topic, at: '2026-01-01T00:00:00.000Z' }, { detail: 'two' }],
    truncated: true,
    total: 3,
  });
  expect(first.deadLetters[0]).not.toHaveProperty('payload');
  const second = await list(`?limit=2&payload=true&cursor=${first.next}`);
  expect(second).toMatchObject({ deadLetters: [{ detail: 'one', payload: 'eA==' }], next: null });
});

it('a page ends early where payloads are large', async () => {
  for (let i = 0; i < 6; i++) await keep({ payload: Buffer.alloc(1_024 ** 2) });
  expect((await list('?payload=true')).deadLetters).toHaveLength(4);
  expect((await list()).deadLetters).toHaveLength(6);
});

it('a letter that can be taken now is in the log, and no dead letter any more', async () => {
  await keep({ payload: batch() });
  const [letter] = (await list()).deadLetters;
  const before = api.log.next;
  expect(await replay(letter!.id)).toMatchObject({ status: 200 });
  expect(api.log.next).toBe(before + 1);
  expect((await list()).total).toBe(0);
  expect((await replay(letter!.id)).answer.code).toBe('UNKNOWN_DEAD_LETTER');
});

it('a letter that is refused again stays, once, and both are counted', async () => {
  await keep();
  const [letter] = (await list()).deadLetters;
  expect((await replay(letter!.id)).answer).toMatchObject({
    code: 'STILL_DEAD',
    detail: expect.stringContaining('BATCH_'),
  });
  expect((await list()).total).toBe(1);
  const text = await api.meters.text();
  expect(text).toContain('dead_letters_replayed_total{outcome="refused"} 1');
  expect(text).toContain('dead_letters_replayed_total{outcome="taken"} 1');
});

it('readings that were JSON are taken again only where the store had refused them', async () => {
  const payload = batch('name:site-a/gateway-1');
  expect(decodeBlock(decodeBatch(payload).blocks[0]!).count).toBe(5);
  await keep({ payload });
  await keep({ payload, reason: 'store-refused' });
  await keep({ payload: batch('name:site-a/gateway-2'), reason: 'store-refused' });
  const [foreign, refused, forged] = (await list()).deadLetters;
  expect((await replay(forged!.id)).answer.code).toBe('STILL_DEAD');
  expect((await replay(foreign!.id)).answer.code).toBe('STILL_DEAD');
  expect((await replay(refused!.id)).status).toBe(200);
});

it('a process without a bridge says that it cannot send', async () => {
  const other = await openTestApi({ hasBridge: false });
  await other.deadLetters.keep({ topic, reason: 'bad-batch', detail: '', payload: batch() });
  expect((await replay('1', other)).answer.code).toBe('NO_BRIDGE');
  expect(other.deadLetters.count).toBe(1);
  await other.close();
});

it.each(['?limit=0', '?limit=1001', '?cursor=x', '?payload=yes'])('%s is refused', async (query) => {
  expect((await list(query)).code).toBe('BAD_PARAMETER');
});
