// Every route × every role over HTTP: what a role may not do is refused, and changes are in the audit log.
import { MemoryLevel } from 'memory-level';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAccess } from '../../access/open-access.ts';
import { mayDo, roles } from '../../access/role.ts';
import { openTestApi, type TestApi } from '../open-api.testing.ts';
import { routes } from '../routes.ts';

let api: TestApi;
const texts = new Map<string, string>();

beforeAll(async () => {
  const db = new MemoryLevel<string, Uint8Array>({ valueEncoding: 'view' });
  const access = await openAccess({
    db,
    host: '0.0.0.0',
    access: undefined,
    now: Date.now,
    onDropped: () => undefined,
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
      entries: { who: string; action: string; what: string }[];
    };
    expect(entries.slice(0, 2).map(({ who, action, what }) => `${who}: ${action}: ${what}`)).toEqual([
      `admin: DELETE /api/v1/tokens/${token.id}: token ${token.id}, "field team", operator`,
      'admin: POST /api/v1/tokens: token "field team", operator',
    ]);
    expect(JSON.stringify(entries)).not.toContain(text.slice(16));
  });

  it('a refusal says what to do', async () => {
    const response = await ask('/api/v1/sites');
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(await response.json()).toMatchObject({ code: 'UNAUTHENTICATED', status: 401 });
  });
});

describe('the audit log', () => {
  it('says what was in each change, and who logged in', async () => {
    const as = bearer('admin');
    const letter = { topic: 'wellhead/1/kent/gw/data', reason: 'bad-batch' as const };
    await api.deadLetters.keep({ ...letter, detail: 'no checksum', payload: Buffer.from('x') });
    const listed = await (await ask('/api/v1/dead-letters', { headers: as })).json();
    const [kept] = (listed as { deadLetters: [{ id: string }] }).deadLetters;
    const reading = {
      sensor: 'well',
      type: 'groundwater',
      measuredAt: '2026-01-01T00:00:00Z',
      values: { ph: 7 },
    };
    await post('/api/v1/readings', { site: 'kent', readings: [reading, reading] }, as);
    await post('/api/v1/events/e1/feedback', { verdict: 'true', note: 'heavy\nrain' }, as);
    await post('/api/v1/analysis', { from: '2025-01-01', to: '2026-01-01', site: 'kent' }, as);
    await ask('/api/v1/analysis/some-job', { method: 'DELETE', headers: as });
    await ask(`/api/v1/dead-letters/${kept.id}/replay`, { method: 'POST', headers: as });
    await post('/api/v1/session', { token: 'wh_nonsense' }, { origin: api.url });
    await post('/api/v1/session', { token: texts.get('viewer') }, { origin: api.url });
    const { entries } = (await (await ask('/api/v1/audit', { headers: as })).json()) as {
      entries: { who: string; what: string }[];
    };
    const told = entries.slice(0, 6).map(({ who, what }) => `${who}: ${what}`);
    expect(told).toEqual([
      expect.stringMatching(/^viewer: token [a-z0-9]{12}, "viewer"$/),
      `admin: dead letter ${kept.id}, bad-batch, wellhead/1/kent/gw/data`,
      'admin: reanalysis some-job',
      'admin: kent, all sensors, from 2025-01-01T00:00:00.000Z to 2026-01-01T00:00:00.000Z',
      'admin: event e1 judged true: heavy rain',
      'admin: 2 readings of kent, gateway api',
    ]);
  });

  it('hears of every route that changes something', () => {
    const changing = routes.filter(({ method, role }) => method !== 'GET' && role !== 'public');
    expect(changing.filter(({ audited }) => audited === undefined).map(({ path }) => path)).toEqual([]);
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
      access: 'tokens',
      name: 'operator',
      role: 'operator',
      mayJudge: true,
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
