// Who this browser is to the cloud: told, begun with a token, ended.
import { isoTime } from '@wellhead/protocol';
import { z } from 'zod';
import { shorten } from '../../access/audit.ts';
import { mayDo, roles } from '../../access/role.ts';
import { cookieHeader, cookieOf } from '../access/cookie.ts';
import { ApiProblem } from '../http/problem.ts';
import { defineRoute, type Exchange, json } from '../http/route.ts';

const sessionSchema = z
  .strictObject({
    access: z.enum(['open', 'tokens']).describe('open: no token is needed on this machine'),
    name: z.string().nullable().describe('whose token; null before a login'),
    role: z.enum(roles).nullable(),
    mayJudge: z.boolean().describe('whether verdicts on events are taken'),
  })
  .meta({ id: 'Session' });

const example = { access: 'tokens', name: 'field team', role: 'operator', mayJudge: true } as const;

export const sessionRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/session',
  summary: 'who asks, and what they may do',
  role: 'public',
  answers: { 200: json('who asks', sessionSchema, example) },
  handle({ access }, _asked, { principal }) {
    const isNobody = access?.access === 'tokens' && principal.via === 'open';
    return {
      access: access?.access ?? ('open' as const),
      name: isNobody ? null : principal.name,
      role: isNobody ? null : principal.role,
      mayJudge: !isNobody && mayDo(principal.role, 'operator'),
    };
  },
});

export const loginRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/session',
  summary: 'log a browser in with a token',
  description: 'Answers with a cookie that only this site sends and no script reads; it lasts twelve hours.',
  role: 'public',
  body: z.strictObject({ token: z.string().min(1).max(200).describe('an API token') }),
  answers: { 200: json('who is logged in', sessionSchema, example) },
  problems: ['UNKNOWN_TOKEN'],
  async handle({ access, now }, { body }, exchange) {
    const token = access?.tokens.check(body.token);
    if (access === undefined || token === undefined)
      throw new ApiProblem('UNKNOWN_TOKEN', 'This token is nobody’s here. Copy it once more, whole.');
    const { name, role } = token;
    // Only who got in: the wrong tokens of a stranger shall not push what matters out of the log.
    await access.audit.add({
      at: isoTime(now()),
      who: name,
      role,
      action: 'POST /api/v1/session',
      what: shorten(`token ${token.id}, "${name}"`),
    });
    exchange.reply.header('set-cookie', cookieHeader(access.sessions.begin(token.id), isSecure(exchange)));
    return { access: access.access, name, role, mayJudge: mayDo(role, 'operator') };
  },
});

export const logoutRoute = defineRoute({
  method: 'DELETE',
  path: '/api/v1/session',
  summary: 'log this browser out',
  role: 'public',
  answers: { 204: { description: 'logged out, or never was in' } },
  handle({ access }, _asked, exchange) {
    const cookie = cookieOf(exchange.request.headers.cookie);
    if (cookie !== undefined) access?.sessions.end(cookie);
    return exchange.reply
      .code(204)
      .header('set-cookie', cookieHeader(undefined, isSecure(exchange)))
      .send();
  },
});

/** Behind a proxy that speaks TLS for us the cookie must not go out in the clear. */
function isSecure({ request }: Exchange): boolean {
  return request.headers['x-forwarded-proto'] === 'https';
}
