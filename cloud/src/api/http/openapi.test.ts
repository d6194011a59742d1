import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestApi, type TestApi } from '../open-api.testing.ts';
import { routes } from '../routes.ts';
import { type ApiDescription, describeApi } from './openapi.ts';
import { problems } from './problem.ts';

let api: TestApi;
const registered: string[] = [];

beforeAll(async () => {
  api = await openTestApi({ onRoute: (method, path) => registered.push(`${method} ${path}`) });
});
afterAll(() => api.close());

const described = describeApi(routes, '0.0.0');

it('every route of the server is described, and every one described is there', () => {
  const inDescription = Object.entries(described.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  );
  // HEAD goes with GET; the dashboard's files are pages, no API.
  const ofApi = registered.filter((route) => !route.startsWith('HEAD ') && !route.endsWith(' /'));
  expect(ofApi.filter((route) => /\s\/(api|health|metrics)/.test(route)).sort()).toEqual(
    inDescription.sort(),
  );
});

it('what is served is what the list says', async () => {
  const response = await fetch(`${api.url}/api/v1/openapi.json`);
  const served = (await response.json()) as ApiDescription;
  expect(served).toEqual(JSON.parse(JSON.stringify(described)));
  expect(Object.keys((served.components as { 'x-problems': object })['x-problems'])).toEqual(
    Object.keys(problems),
  );
});

it('every reference leads somewhere, and no schema is named twice', () => {
  const { schemas } = described.components as { schemas: object };
  const text = JSON.stringify(described);
  for (const [, name] of text.matchAll(/#\/components\/schemas\/(\w+)/g))
    expect(schemas).toHaveProperty(name!);
  expect(text).not.toContain('$defs');
});

it('every parameter says what it is, and every example is what its schema takes', () => {
  for (const route of routes) {
    for (const [status, { content = {} }] of Object.entries(route.answers))
      for (const { schema, example } of Object.values(content))
        if (example !== undefined)
          expect(schema!.safeParse(example).error, `${route.path} ${status}`).toBe(undefined);
  }
  for (const [path, operations] of Object.entries(described.paths))
    for (const { parameters } of Object.values(operations))
      for (const { name, description } of parameters) expect(description, `${path} ${name}`).not.toBe('');
});

it('an answer that has not changed is not sent again', async () => {
  for (const path of ['/api/v1/openapi.json', '/api/v1/sensors', '/api/v1/sites', '/api/v1/types']) {
    const first = await fetch(api.url + path);
    const tag = first.headers.get('etag')!;
    expect(tag).toMatch(/^W\/"/);
    await first.text();
    const again = await fetch(api.url + path, { headers: { 'if-none-match': `"other", ${tag}` } });
    expect(again.status, path).toBe(304);
    expect(await again.text()).toBe('');
    expect(again.headers.get('etag')).toBe(tag);
    const other = await fetch(api.url + path, { headers: { 'if-none-match': '"other"' } });
    expect(other.status).toBe(200);
    await other.text();
  }
});
