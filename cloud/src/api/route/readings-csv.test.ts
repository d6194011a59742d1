import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReadingStore } from '../../store/reading-store.ts';
import { storeWith } from '../../store/store-with.testing.ts';
import type { ReadingsAnswer } from '../answer/answers.ts';
import type { ProblemBody } from '../http/problem.ts';
import { batchOf, openTestApi, type TestApi } from '../open-api.testing.ts';
import { count, properties, readings, start } from './readings-route.testing.ts';

let api: TestApi;
let breakAfterPages = Number.POSITIVE_INFINITY;
let pages = 0;

function breakable(store: ReadingStore): ReadingStore {
  return storeWith(store, {
    async *scan(query) {
      for await (const table of store.scan(query)) {
        if (++pages > breakAfterPages) throw new Error('the disk is gone');
        yield table;
      }
    },
    readings: (query) =>
      ++pages > breakAfterPages ? Promise.reject(new Error('the disk is gone')) : store.readings(query),
  });
}

beforeAll(async () => {
  api = await openTestApi({ wrapStore: breakable });
  await api.store.write([batchOf({ properties }, readings)]);
  const many = Array.from({ length: 25_000 }, (_, i) => ({
    seq: i + 1,
    measuredAt: start + i * 1000,
    values: [i / 7],
  }));
  await api.store.write([batchOf({ sensor: 'busy', properties: ['sec'] }, many)]);
});
afterAll(() => api.close());

const address = (query: string) => `${api.url}/api/v1/readings?site=lancashire&sensor=emb3${query}`;
const ask = async (query = '') => {
  const response = await fetch(address(query));
  return { response, answer: (await response.json()) as ReadingsAnswer & ProblemBody };
};

describe('readings as CSV', () => {
  it('are the same as in JSON', async () => {
    const { answer } = await ask('&limit=10000');
    const text = await (await fetch(address('&format=csv'))).text();
    const [head, ...rows] = parse(text) as string[][];
    expect(head!.slice(0, 9)).toEqual([
      'measuredAt',
      'seq',
      'origin',
      'revision',
      'receivedAt',
      'storedAt',
      'timeFlag',
      'timeCause',
      'note',
    ]);
    expect(rows).toHaveLength(count);
    for (const [i, row] of rows.entries()) {
      const cells = Object.fromEntries(head!.map((name, c) => [name, row[c]!]));
      const reading = answer.readings[i]!;
      expect(cells.measuredAt).toBe(reading.measuredAt);
      expect(Number(cells.seq)).toBe(reading.seq);
      for (const property of properties) {
        const value = reading.values[property];
        const flag = reading.flags[property];
        expect(cells[`${property}_flag`]).toBe(flag === undefined ? '' : String(flag));
        expect(cells[`${property}_cause`]).toBe(reading.causes[property] ?? '');
        if (typeof value === 'number') expect(Number(cells[property])).toBe(value);
        else if (typeof value === 'string') expect(cells[property]!.replace(/^'/, '')).toBe(value);
        else expect(cells[property]).toBe('');
      }
    }
  });

  it('stream the whole range, however many pages it takes', async () => {
    const response = await fetch(`${api.url}/api/v1/readings?site=lancashire&sensor=busy`, {
      headers: { accept: 'text/csv' },
    });
    expect(response.headers.get('content-type')).toContain('text/csv');
    const lines = (await response.text()).trimEnd().split('\n');
    expect(lines).toHaveLength(25_001);
    expect(lines.at(-1)).toContain(`,${24_999 / 7},`);
  });

  it('stop at a limit, and say where to go on', async () => {
    const response = await fetch(address('&format=csv&limit=10'));
    expect((await response.text()).match(/journal-one/g)).toHaveLength(10);
    expect(response.headers.get('link')).toContain('cursor=');
  });

  it.each(['gzip', 'identity'])('break off when the store fails half-way (%s)', async (encoding) => {
    pages = 0;
    breakAfterPages = 1;
    const before = api.meters.value('http_requests_total');
    try {
      const response = await fetch(`${api.url}/api/v1/readings?site=lancashire&sensor=busy&format=csv`, {
        headers: { 'accept-encoding': encoding },
      });
      await expect(response.text()).rejects.toThrow();
      expect(api.errors.at(-1)?.message).toBe('the disk is gone');
      await expect.poll(() => api.meters.value('http_requests_total')).toBe(before + 1);
      expect(await api.meters.text()).toContain('http_requests_total{status="500"}');
    } finally {
      breakAfterPages = Number.POSITIVE_INFINITY;
    }
  });

  it('say so with a status when the store fails at once', async () => {
    breakAfterPages = 0;
    pages = 0;
    try {
      const { response, answer } = await ask('&format=csv');
      expect(response.status).toBe(500);
      expect(answer.code).toBe('INTERNAL');
      expect(JSON.stringify(answer)).not.toMatch(/disk|\bat \//);
    } finally {
      breakAfterPages = Number.POSITIVE_INFINITY;
    }
  });
});
