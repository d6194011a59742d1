import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnnotationAnswer, AnnotationsAnswer } from '../answer/answers.ts';
import type { ProblemBody } from '../http/problem.ts';
import { batchOf, openTestApi, type TestApi } from '../open-api.testing.ts';

const now = Date.UTC(2026, 0, 4);
let api: TestApi;
beforeAll(async () => {
  const site = { site: 'site-b', title: 'B', sensors: {} };
  api = await openTestApi({ now: () => now, sites: new Map([['site-b', site]]) });
  const row = { seq: 1, measuredAt: now - 1, values: [1], flags: [1 as const], causes: [0] };
  await api.store.write([
    batchOf({ site: 'site-a', sensor: 'well-1', properties: ['water_level'] }, [row], now),
  ]);
});
afterAll(() => api.close());

const path = '/api/v1/annotations';

async function ask<Answer>(method: string, more: string, body?: unknown) {
  const response = await fetch(`${api.url}${path}${more}`, {
    method,
    ...(body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  });
  return {
    status: response.status,
    link: response.headers.get('link'),
    answer: (await response.json()) as Answer & ProblemBody,
  };
}

const write = (body: unknown) => ask<AnnotationAnswer>('POST', '', body);
const list = async (query: string) => (await ask<AnnotationsAnswer>('GET', query)).answer;
const well = { site: 'site-a', sensor: 'well-1', from: '2026-01-02', text: 'The sonde was lifted.' };

describe('annotations over HTTP', () => {
  it('are kept with who wrote them and when, found by sensor and time, and taken back', async () => {
    const span = { ...well, property: 'water_level', to: '2026-01-03T12:00+01:00' };
    const { status, answer: written } = await write(span);
    expect(status).toBe(201);
    expect(written).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{12}$/),
      site: 'site-a',
      sensor: 'well-1',
      property: 'water_level',
      from: '2026-01-02T00:00:00.000Z',
      to: '2026-01-03T11:00:00.000Z',
      text: well.text,
      author: 'this machine',
      at: '2026-01-04T00:00:00.000Z',
      withdrawn: null,
    });
    const { answer: ofSite } = await write({ site: 'site-a', from: '2026-01-03', text: 'Snow.' });
    expect(ofSite).toMatchObject({ sensor: null, property: null, to: null });
    expect((await list('?site=site-a&sensor=well-1')).annotations).toEqual([ofSite, written]);
    expect((await list('?site=site-a&from=2026-01-02&to=2026-01-03')).annotations).toEqual([written]);
    expect((await list('?site=site-b')).annotations).toEqual([]);

    const withdrawn = { by: 'this machine', at: '2026-01-04T00:00:00.000Z' };
    for (let times = 0; times < 2; times++)
      expect(await ask('DELETE', `/${written.id}`)).toMatchObject({
        status: 200,
        answer: { ...written, withdrawn },
      });
    expect((await list('?site=site-a')).annotations).toEqual([ofSite]);
    expect((await list('?site=site-a&withdrawn=true')).annotations).toEqual([
      ofSite,
      { ...written, withdrawn },
    ]);
  });

  it('come in pages that lead on to the next', async () => {
    for (const day of [1, 2, 3]) await write({ site: 'site-b', from: `2026-01-0${day}`, text: `day ${day}` });
    const textsOf = ({ annotations }: AnnotationsAnswer) => annotations.map(({ text }) => text);
    const { answer, link } = await ask<AnnotationsAnswer>('GET', '?site=site-b&limit=2');
    expect(textsOf(answer)).toEqual(['day 3', 'day 2']);
    expect(link).toContain('rel="next"');
    const second = await list(`?site=site-b&limit=2&cursor=${answer.next}`);
    expect(textsOf(second)).toEqual(['day 1']);
    expect(second).toMatchObject({ next: null, truncated: false, count: 1 });
  });

  it('may be as long as a thousand characters, whatever they are', async () => {
    for (const character of ['\u0001', '水', 'a'])
      expect((await write({ ...well, text: character.repeat(1_000) })).status).toBe(201);
  });

  it.each([
    ['a site that there is not', { ...well, site: 'nowhere', sensor: null }, 404, 'UNKNOWN_SITE', 'site'],
    ['a sensor at such a site', { ...well, site: 'nowhere' }, 404, 'UNKNOWN_SENSOR', 'site'],
    ['a sensor that there is not', { ...well, sensor: 'well-9' }, 404, 'UNKNOWN_SENSOR', 'sensor'],
    ['a property it has not', { ...well, property: 'ph' }, 400, 'BAD_PARAMETER', 'property'],
    ['a property of no sensor', { ...well, sensor: null, property: 'ph' }, 400, 'BAD_PARAMETER', 'sensor'],
    ['an end at its start', { ...well, to: '2026-01-02T00:00Z' }, 400, 'BAD_PARAMETER', 'to'],
    ['no time', { ...well, from: 'today' }, 400, 'BAD_PARAMETER', 'from'],
    ['no text', { ...well, text: '' }, 400, 'BAD_PARAMETER', 'text'],
    ['a text of spaces', { ...well, text: ' \n' }, 400, 'BAD_PARAMETER', 'text'],
    ['a long text', { ...well, text: 'a'.repeat(1_001) }, 400, 'BAD_PARAMETER', 'text'],
    ['an author of its own', { ...well, author: 'bob' }, 400, 'BAD_PARAMETER', 'author'],
  ])('with %s are refused, and the field is named', async (_, body, status, code, field) => {
    const { status: got, answer } = await write(body);
    expect({ status: got, code: answer.code }).toEqual({ status, code });
    expect(answer.problems.map((problem) => problem.path)).toEqual([field]);
  });

  it('that there are not, or in no form of ours, are refused', async () => {
    expect(await ask('DELETE', '/no-such')).toMatchObject({
      status: 404,
      answer: { code: 'UNKNOWN_ANNOTATION' },
    });
    expect((await write('a'.repeat(9_000))).status).toBe(413);
    expect((await ask('GET', '')).answer.problems[0]?.path).toBe('site');
    expect((await ask('GET', '?site=site-a&cursor=x')).answer.problems[0]?.path).toBe('cursor');
    expect((await ask('GET', '?site=site-a&from=2026-01-03&to=2026-01-02')).status).toBe(400);
  });
});
