// Every route × every role over HTTP: what a role may not do is refused, and changes are in the audit log.
import { MemoryLevel } from 'memory-level';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAccess } from '../../access/open-access.ts';
import { mayDo, roles } from '../../access/role.ts';
import { openTestApi, type TestApi } from '../open-test-api.ts';
import { routes } from '../routes.ts';

let api: TestApi;
const texts = new Map<string, string>();

beforeAll(async () => {
  const db = new MemoryLevel<string, Uint8Array>({ valueEncoding: 'view' });
  const access = await openAccess({
    ...{ db, host: '0.0.0.0', access: undefined, now: Date.now, onDropped: () => undefined },
    onSetUp: (text) => texts.set('set-up', text),
  });
  for (const role of roles) texts.set(role, (await access.tokens.create(role, role))!.text);
  api = await openTestApi({ access });
});
afterAll(() => api.close());

const bearer = (name: string) => ({ authorization: `Bearer ${texts.get(name)}` });
const ask = (path: string, init: RequestInit = {}) => fetch(api.url + path, { redirect: 'error', ...init });
const post = (path: string, body: object, headers: Record<string, string>) =>
  ask(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

const asked = routes.filter(({ path }) => path !== '/api/v1/live' && !path.startsWith('/api/v1/session'));
const cases = asked.flatMap((route) => [undefined, ...roles].map((role) => ({ route, role })));

it.each(cases)('$route.method $route.path as $role', async ({ route, role }) => {
  const path = route.path.replace(/:\w+/g, 'nothing');
  const { status } = await ask(path, {
    method: route.method,
    headers: role === undefined ? {} : bearer(role),
  });
  const isLet = route.role === 'public' || (role !== undefined && mayDo(role, route.role));
  const refused = role === undefined ? 401 : 403;
  if (isLet) expect([401, 403]).not.toContain(status);
  else expect(status).toBe(refused);
});

describe('tokens', () => {
  it('are made by an admin, told once, revoked, and all of it is in the audit log', async () => {
    const made = await post('/api/v1/tokens', { name: 'field team', role: 'operator' }, bearer('admin'));
    expect(made.status).toBe(201);
    const { token, text } = (await made.json()) as { token: { id: string }; text: string };
    expect((await ask('/api/v1/sites', { headers: { authorization: `Bearer ${text}` } })).status).toBe(200);
    const listed = await (await ask('/api/v1/tokens', { headers: bearer('admin') })).text();
    expect(listed).toContain('field team');
    expect(listed).not.toContain(text);
    const revoked = await ask(`/api/v1/tokens/${token.id}`, { method: 'DELETE', headers: bearer('admin') });
    expect(revoked.status).toBe(204);
    expect((await ask('/api/v1/sites', { headers: { authorization: `Bearer ${text}` } })).status).toBe(401);
    const { entries } = (await (await ask('/api/v1/audit', { headers: bearer('admin') })).json()) as {
      entries: { who: string; action: string }[];
    };
    expect(entries.slice(0, 2).map(({ who, action }) => `${who}: ${action}`)).toEqual([
      `admin: DELETE /api/v1/tokens/${token.id}`,
      'admin: POST /api/v1/tokens',
    ]);
  });

  it('a refusal says what to do', async () => {
    const response = await ask('/api/v1/sites');
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(await response.json()).toMatchObject({ code: 'UNAUTHENTICATED', status: 401 });
  });
});

describe('a browser', () => {
  it('logs in with a token, is known by its cookie, may not be led by other sites, and logs out', async () => {
    const login = await post('/api/v1/session', { token: texts.get('operator') }, { origin: api.url });
    expect(login.status).toBe(200);
    const header = login.headers.get('set-cookie')!;
    expect(header).toMatch(/; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/);
    const cookie = { cookie: header.split(';')[0]! };
    expect(await (await ask('/api/v1/session', { headers: cookie })).json()).toEqual({
      ...{ access: 'tokens', name: 'operator', role: 'operator', mayJudge: true },
    });
    expect((await ask('/api/v1/sites', { headers: cookie })).status).toBe(200);
    const foreign = { ...cookie, origin: 'https://evil.example' };
    expect(await (await post('/api/v1/session', { token: 'x' }, foreign)).json()).toMatchObject({
      code: 'CROSS_SITE',
    });
    const out = await ask('/api/v1/session', { method: 'DELETE', headers: { ...cookie, origin: api.url } });
    expect(out.headers.get('set-cookie')).toContain('Max-Age=0');
    expect((await ask('/api/v1/sites', { headers: cookie })).status).toBe(401);
  });

  it('with a wrong token it gets none, and is told so', async () => {
    const response = await post('/api/v1/session', { token: 'wh_nonsense' }, { origin: api.url });
    expect(response.status).toBe(401);
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(await (await ask('/api/v1/session')).json()).toMatchObject({
      access: 'tokens',
      name: null,
      mayJudge: false,
    });
  });
});
