import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StoredReading } from '../../store/reading-store.ts';
import type { ReadingsAnswer, ThinnedAnswer } from '../answer/answers.ts';
import type { ProblemBody } from '../http/problem.ts';
import { batchOf, openTestApi, type TestApi } from '../open-api.testing.ts';
import { count, hour, properties, readings, start } from './readings-route.testing.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
  await api.store.write([batchOf({ properties }, readings)]);
  for (const day of [0, 1]) {
    const quarter = readings.slice(50 * day, 50 * (day + 1));
    const storedAt = start + day * 24 * hour;
    await api.store.write([batchOf({ sensor: 'late', properties }, quarter, storedAt)]);
  }
});
afterAll(() => api.close());

const address = (query: string) => `${api.url}/api/v1/readings?site=lancashire&sensor=emb3${query}`;
const ask = async (query = '') => {
  const response = await fetch(address(query));
  return { response, answer: (await response.json()) as ReadingsAnswer & ProblemBody };
};

describe('readings as JSON', () => {
  it('come page by page, complete, in order and without doubles', async () => {
    const all: StoredReading[] = [];
    let cursor = '';
    do {
      const { answer } = await ask(`&limit=777${cursor}`);
      expect(answer.count).toBe(answer.readings.length);
      all.push(...answer.readings);
      cursor = answer.next === null ? '' : `&cursor=${answer.next}`;
    } while (cursor !== '');
    expect(all.map(({ seq }) => seq)).toEqual(readings.map(({ seq }) => seq));
    expect(all.map(({ values }) => values.sec)).toEqual(readings.map(({ values }) => values[0]));
  });

  it('can be followed by the Link header alone', async () => {
    let seen = 0;
    let next: string | undefined = `${address('&limit=1000')}`;
    while (next !== undefined) {
      const response: Response = await fetch(next);
      seen += ((await response.json()) as ReadingsAnswer).count;
      const link = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '');
      next = link === null ? undefined : `${api.url}${link[1]}`;
    }
    expect(seen).toBe(count);
  });

  it('hold a reading measured at `from`, and none measured at `to`', async () => {
    const { answer } = await ask('&from=2024-01-02&to=2024-01-03');
    expect(answer.readings[0]?.measuredAt).toBe('2024-01-02T00:00:00.000Z');
    expect(answer.readings.at(-1)?.measuredAt).toBe('2024-01-02T23:00:00.000Z');
    expect(answer.range).toEqual({
      from: '2024-01-02T00:00:00.000Z',
      to: '2024-01-03T00:00:00.000Z',
      asOf: null,
    });
  });

  it('are the same for every way to write a time', async () => {
    const ways = [
      '2024-01-02T01:00:00+01:00',
      '2024-01-02T01:00:00%2B01:00',
      '2024-01-02T00:00',
      `${start + 24 * hour}`,
    ];
    for (const way of ways) {
      const { answer } = await ask(`&from=${way}&limit=1`);
      expect(answer.readings[0]?.measuredAt, way).toBe('2024-01-02T00:00:00.000Z');
    }
  });

  it('hold only the properties asked for', async () => {
    const { answer } = await ask('&properties=ph&limit=2');
    expect(Object.keys(answer.readings[1]!.values)).toEqual(['ph']);
  });

  it('are an empty list where the range holds none', async () => {
    const { response, answer } = await ask('&from=2030-01-01');
    expect(response.status).toBe(200);
    expect(answer).toMatchObject({ readings: [], next: null, count: 0 });
  });
});

describe('a long range', () => {
  const thin = async (query: string) => {
    const response = await fetch(address(`&thin=minmax${query}`));
    return (await response.json()) as ThinnedAnswer | ReadingsAnswer;
  };

  it('is thinned to the lowest and highest value of each stretch, and says of how many', async () => {
    const answer = await thin('&points=200&properties=sec');
    if (answer.method !== 'minmax') throw new Error('it is not thinned');
    expect(answer).toMatchObject({ bucketSeconds: 2 * 86_400, count, untimely: 0 });
    expect(answer.buckets.length).toBeLessThanOrEqual(100);
    // Two days from a whole multiple of two days: the first day of the year is the second of them.
    const [first] = answer.buckets;
    expect(first).toMatchObject({
      start: '2023-12-31T00:00:00.000Z',
      readings: 24,
      firstMeasuredAt: '2024-01-01T00:00:00.000Z',
      lastMeasuredAt: '2024-01-01T23:00:00.000Z',
    });
    const known = readings.slice(1, 24).map(({ values }) => values[0] as number);
    expect(first!.values.sec).toEqual({
      count: 23,
      min: Math.min(...known),
      max: Math.max(...known),
      flag: 9,
    });
    expect(Object.keys(answer.buckets[0]!.values)).toEqual(['sec']);
  });

  it('comes as it is where it holds no more than the points asked for', async () => {
    const answer = await thin(`&points=${count}`);
    expect(answer).toMatchObject({ method: 'raw', count, next: null });
    expect(await thin('&from=2024-01-02&to=2024-01-03')).toMatchObject({ method: 'raw', count: 24 });
    expect(await thin(`&points=${count - 1}`)).toMatchObject({ method: 'minmax' });
  });
});

describe('what was known at a moment', () => {
  const path = '/api/v1/readings?site=lancashire&sensor=late';
  const known = async (query: string) =>
    (await (await fetch(`${api.url}${path}${query}`)).json()) as ReadingsAnswer | ThinnedAnswer;

  it('is what was stored by then, in pages, thinned and as CSV', async () => {
    expect(await known('&asOf=2023-12-31')).toMatchObject({ count: 0, next: null });
    const asOf = '2024-01-01T23:59:59.999Z';
    expect(await known(`&asOf=${asOf}`)).toMatchObject({ count: 50, range: { from: null, to: null, asOf } });
    expect(await known('&asOf=2024-01-02')).toMatchObject({ count: 100 });
    expect(await known('')).toMatchObject({ count: 100, range: { asOf: null } });
    expect(await known(`&thin=minmax&points=20&asOf=${asOf}`)).toMatchObject({
      method: 'minmax',
      count: 50,
      range: { asOf },
    });
    const csv = await fetch(`${api.url}${path}&format=csv&asOf=${asOf}`);
    expect((await csv.text()).match(/journal-one/g)).toHaveLength(50);
    expect(csv.headers.get('content-disposition')).toContain('lancashire_late_as-of_2024-01-01.csv');
  });

  it('is the same on every page that Link leads to', async () => {
    let seen = 0;
    let next: string | undefined = `${path}&limit=20&asOf=2024-01-01`;
    while (next !== undefined) {
      const response: Response = await fetch(api.url + next);
      seen += ((await response.json()) as ReadingsAnswer).count;
      next = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
    }
    expect(seen).toBe(50);
  });
});

describe('bad questions', () => {
  it.each([
    ['&from=2024-02-30', 'from', /2024-05-01/],
    ['&from=yesterday', 'from', /no zone means UTC/],
    ['&from=2024-02-01&to=2024-01-01', 'to', /before/],
    ['&limit=0', 'limit', /1 to 10000/],
    ['&limit=10001', 'limit', /1 to 10000/],
    ['&cursor=bm9wZQ', 'cursor', /next/],
    ['&properties=salt', 'properties', /sec/],
    ['&format=xml', 'format', /csv/],
    ['&asOf=last+week', 'asOf', /no zone means UTC/],
    ['&form=csv', 'form', /no such parameter/],
    ['&points=5&thin=minmax', 'points', /10 to 10000/],
    ['&points=50', 'points', /thin=minmax/],
    ['&thin=minmax&limit=5', 'thin', /points/],
    ['&thin=minmax&format=csv', 'format', /json/],
    ['&sensor=emb4', 'sensor', /more than once/],
  ])('%s is refused with what to do', async (query, path, message) => {
    const { response, answer } = await ask(query);
    expect(response.status).toBe(400);
    expect(answer.code).toBe('BAD_PARAMETER');
    expect(answer.problems.find((problem) => problem.path === path)?.message).toMatch(message);
  });

  it('names the sensors there are where the one asked for is not', async () => {
    const response = await fetch(`${api.url}/api/v1/readings?site=lancashire&sensor=emb2`);
    expect(response.status).toBe(404);
    expect(JSON.stringify(await response.json())).toContain('emb3');
    const elsewhere = await fetch(`${api.url}/api/v1/readings?site=york&sensor=emb2`);
    expect(elsewhere.status).toBe(404);
    expect(JSON.stringify(await elsewhere.json())).toContain('lancashire');
  });
});
