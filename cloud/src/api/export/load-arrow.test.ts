import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { ProblemBody } from '../http/problem.ts';
import { batchOf, openTestApi, type TestApi } from '../open-api.testing.ts';

// A machine on which the package was left out.
vi.mock('apache-arrow', () => {
  throw new Error("Cannot find package 'apache-arrow'");
});

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
  await api.store.write([batchOf({ properties: ['x'] }, [{ seq: 1, measuredAt: 0, values: [1] }])]);
});
afterAll(() => api.close());

it('without its package Arrow is refused by name, and the other forms are made', async () => {
  const ask = (format: string) =>
    fetch(`${api.url}/api/v1/export?site=lancashire&sensor=emb3&format=${format}`);
  const refused = await ask('arrow');
  const problem = (await refused.json()) as ProblemBody;
  expect([refused.status, problem.code]).toEqual([501, 'FORMAT_UNAVAILABLE']);
  expect(problem.detail).toContain('Ask for csv or parquet');
  expect((await ask('csv')).status).toBe(200);
});
