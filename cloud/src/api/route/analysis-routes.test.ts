import { decodeBatch, decodeBlock } from '@wellhead/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { batchOf } from '../../analysis/round/runner.testing.ts';
import { openTestApi, type TestApi } from '../open-api.testing.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
  for (const sensor of ['b1', 'b2']) {
    const encoded = batchOf({ sensor, from: 0, to: 60 * 24, faults: { dropouts: [700, 701], step: 1_000 } });
    const { blocks, ...head } = decodeBatch(encoded);
    const batch = {
      ...head,
      storedAt: Date.UTC(2026, 6, 1),
      seqIsTime: false,
      blocks: blocks.map(decodeBlock),
    };
    await api.store.write([batch]);
  }
});
afterAll(() => api.close());

const span = { from: '2026-04-01', to: '2026-07-01' };
async function ask(method: string, path = '', body?: object, at = api) {
  const response = await fetch(`${at.url}/api/v1/analysis${path}`, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  return { status: response.status, location: response.headers.get('location'), answer };
}

async function untilEnded(id: unknown) {
  for (;;) {
    const { answer } = await ask('GET', `/${id}`);
    if (answer.state !== 'running') return answer;
  }
}

it('history is looked at while the cloud runs, and the same once more changes nothing', async () => {
  const { status, answer, location } = await ask('POST', '', { ...span, sensor: 'b1' });
  expect(status).toBe(202);
  expect(location).toBe(`/api/v1/analysis/${answer.id}`);
  const ended = await untilEnded(answer.id);
  expect(ended).toMatchObject({ state: 'done', done: 1, total: 1, sensor: 'b1', site: null, problem: null });
  const { events } = await api.store.events.find({ limit: 100 });
  expect(events.length).toBeGreaterThan(1);
  expect([...(ended.events as string[])].sort()).toEqual(events.map(({ id }) => id).sort());
  const again = await ask('POST', '', { ...span, sensor: 'b1' });
  expect(await untilEnded(again.answer.id)).toMatchObject({ state: 'done', changed: 0 });
});

it('one runs at a time; it can be cancelled, and then another one may begin', async () => {
  const { answer } = await ask('POST', '', span);
  expect((await ask('POST', '', span)).answer.code).toBe('ANALYSIS_RUNNING');
  expect(await ask('DELETE', `/${answer.id}`)).toMatchObject({
    status: 200,
    answer: { state: 'cancelled' },
  });
  const next = await ask('POST', '', { ...span, sensor: 'b1' });
  expect(await untilEnded(next.answer.id)).toMatchObject({ state: 'done', total: 1 });
  expect((await ask('DELETE', `/${next.answer.id}`)).answer.state).toBe('done');
  expect(await api.meters.text()).toContain('analysis_jobs_total{outcome="cancelled"} 1');
});

it('the last hundred are remembered', async () => {
  const nothing = { ...span, site: 'nowhere' };
  const { answer: first } = await ask('POST', '', nothing);
  await untilEnded(first.id);
  for (let i = 0; i < 101; i++) await untilEnded((await ask('POST', '', nothing)).answer.id);
  expect((await ask('GET', `/${first.id}`)).answer.code).toBe('UNKNOWN_ANALYSIS');
});

it.each([
  ['no span', {}, 400, 'BAD_PARAMETER'],
  ['a span that ends before it begins', { from: '2026', to: '2025' }, 400, 'BAD_PARAMETER'],
  ['a time that is none', { from: 'May', to: '2025' }, 400, 'BAD_PARAMETER'],
])('%s is refused', async (_, body, status, code) => {
  expect(await ask('POST', '', body)).toMatchObject({ status, answer: { code } });
});

it('a process that does not analyse says so', async () => {
  const other = await openTestApi({ hasAnalysis: false });
  expect(await ask('POST', '', span, other)).toMatchObject({ status: 409, answer: { code: 'NO_ANALYSIS' } });
  await other.close();
});
