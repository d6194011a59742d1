import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleEvent, sampleSpan } from '../../store/event-store.testing.ts';
import type { EventsAnswer } from '../answer/answers.ts';
import type { ProblemBody } from '../http/problem.ts';
import { openTestApi, type TestApi } from '../open-api.testing.ts';

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
  const { events } = api.store;
  const found = [1, 2, 3, 4, 5].map((hour) => sampleEvent(`e${hour}`, hour, { isOpen: hour === 5 }));
  await events.replace([sampleSpan(0, 24, found)], Date.UTC(2026, 0, 2));
  await events.replace([sampleSpan(4, 5, [])], Date.UTC(2026, 0, 3));
  await events.judge({
    event: 'e1',
    verdict: 'false',
    author: 'ann',
    note: 'a lorry',
    at: Date.UTC(2026, 0, 4),
  });
});
afterAll(() => api.close());

const ask = async (query: string) => {
  const response = await fetch(`${api.url}/api/v1/events${query}`);
  return { response, answer: (await response.json()) as EventsAnswer & ProblemBody };
};
const idsOf = ({ events }: EventsAnswer) => events.map(({ id }) => id);

describe('events over HTTP', () => {
  it('come newest first, in pages that lead on to the next', async () => {
    const { answer, response } = await ask('?limit=2');
    expect(idsOf(answer)).toEqual(['e5', 'e3']);
    expect(response.headers.get('link')).toContain('rel="next"');
    const { answer: second } = await ask(`?limit=2&cursor=${answer.next}`);
    expect(idsOf(second)).toEqual(['e2', 'e1']);
    expect(second).toMatchObject({ next: null, count: 2 });
  });

  it('have times as people write them, null where there is none, and what was said of them', async () => {
    const { answer } = await ask('');
    expect(answer.events[0]).toMatchObject({
      id: 'e5',
      start: '2026-01-01T05:00:00.000Z',
      end: null,
      feedback: null,
      partOf: null,
      site: 'site-a',
      sensors: ['well-1'],
      kind: 'process',
      withdrawn: false,
    });
    expect(answer.events.at(-1)).toMatchObject({
      end: '2026-01-01T03:00:00.000Z',
      feedback: { verdict: 'false', author: 'ann', note: 'a lorry', at: '2026-01-04T00:00:00.000Z' },
    });
  });

  it('are found by site, sensor, kind, time, whether they go on, and with the withdrawn ones', async () => {
    expect(idsOf((await ask('?site=site-b')).answer)).toEqual([]);
    expect(idsOf((await ask('?sensor=well-1&kind=process&open=true')).answer)).toEqual(['e5']);
    expect(idsOf((await ask('?open=false&withdrawn=true')).answer)).toEqual(['e4', 'e3', 'e2', 'e1']);
    expect(idsOf((await ask('?from=2026-01-01T04:30Z&to=2026-01-01T05:00Z')).answer)).toEqual(['e3']);
  });

  it.each([
    ['?kind=alarm', 'kind'],
    ['?open=yes', 'open'],
    ['?limit=0', 'limit'],
    ['?cursor=xyz', 'cursor'],
    ['?from=2026&to=2025', 'to'],
    ['?colour=red', 'colour'],
  ])('are refused for %s, with the reason', async (query, path) => {
    const { response, answer } = await ask(query);
    expect(response.status).toBe(400);
    expect(answer).toMatchObject({ code: 'BAD_PARAMETER', problems: [{ path }] });
  });
});
