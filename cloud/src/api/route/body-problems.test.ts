// A body that cannot be used: what is wrong with it, and what would be right.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ProblemBody } from '../http/problem.ts';
import { openTestApi, type TestApi } from '../open-api.testing.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

async function send(body: string): Promise<ProblemBody> {
  const response = await fetch(`${api.url}/api/v1/readings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  return (await response.json()) as ProblemBody;
}

it.each([
  ['{"site":"a","readings":[]}', 'readings', 'give at least one reading'],
  ['{"site":"a","readings":7}', 'readings', 'is no array; give one'],
  ['{"site":"a"}', 'readings', 'is missing; give it'],
  ['[1]', 'body', 'send one JSON object with the fields that belong to it'],
  [
    '{"site":"a","readings":[{"sensor":"b1","type":"groundwater","measuredAt":"2026-01-01T00:00:00","values":{"ph":7}}]}',
    'readings.0',
    'measuredAt: write a time with its zone, such as 2026-06-01T12:00:00Z or 2026-06-01T14:00:00+02:00',
  ],
])('%s names %s and the remedy', async (body, path, message) => {
  expect((await send(body)).problems).toEqual([{ path, message }]);
});

it('that is no JSON is told to be none', async () => {
  const { code, detail } = await send('{"site": a}');
  expect(code).toBe('BAD_REQUEST');
  expect(detail).toMatch(/^The body is no JSON\./);
});

it('that is too large is told how much may be sent', async () => {
  expect((await send(' '.repeat(512_001))).detail).toContain('larger than 512000 bytes');
});
