// API tokens and the audit log: for whoever runs the cloud.
import { isoTime } from '@wellhead/protocol';
import { z } from 'zod';
import type { AccessParts } from '../../access/open-access.ts';
import { roles } from '../../access/role.ts';
import type { Token } from '../../access/tokens.ts';
import type { ApiContext } from '../http/api.ts';
import { ApiProblem } from '../http/problem.ts';
import { defineRoute, json } from '../http/route.ts';

const tokenSchema = z
  .strictObject({
    id: z.string(),
    name: z.string().describe('whose it is, or what for'),
    role: z.enum(roles),
    createdAt: z.string().describe('ISO 8601, UTC'),
  })
  .meta({ id: 'Token' });
const token = {
  id: '5f2c0a9be871',
  name: 'field team',
  role: 'operator',
  createdAt: '2026-01-31T09:00:00.000Z',
} as const;

export const tokensRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/tokens',
  summary: 'API tokens, without their secrets',
  role: 'admin',
  answers: {
    200: json('all of them', z.strictObject({ tokens: z.array(tokenSchema) }), { tokens: [token] }),
  },
  problems: ['NO_TOKENS'],
  handle: (context) => ({ tokens: partsOf(context).tokens.all().map(answerOf) }),
});

export const createTokenRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/tokens',
  summary: 'make an API token',
  role: 'admin',
  body: z.strictObject({
    name: z.string().trim().min(1).max(100).describe('whose it is, or what for'),
    role: z.enum(roles, 'choose viewer, operator or admin'),
  }),
  answers: {
    201: json(
      'the token, and its text: shown once and never again',
      z.strictObject({ token: tokenSchema, text: z.string() }),
      { token, text: 'wh_5f2c0a9be871_…' },
    ),
  },
  problems: ['NO_TOKENS', 'TOO_MANY_TOKENS'],
  audited: ({ body: { name, role } }) => `token "${name}", ${role}`,
  async handle(context, { body }, { reply }) {
    const made = await partsOf(context).tokens.create(body.name, body.role);
    if (made === undefined)
      throw new ApiProblem('TOO_MANY_TOKENS', 'There are a thousand tokens. Revoke those nobody uses.');
    reply.code(201);
    return { token: answerOf(made.token), text: made.text };
  },
});

export const revokeTokenRoute = defineRoute({
  method: 'DELETE',
  path: '/api/v1/tokens/:id',
  summary: 'revoke an API token; its sessions end with it',
  role: 'admin',
  params: z.strictObject({ id: z.string().max(40).describe('of the token, as the list shows it') }),
  answers: { 204: { description: 'it is revoked' } },
  problems: ['NO_TOKENS', 'UNKNOWN_TOKEN_ID', 'LAST_ADMIN'],
  audited({ params: { id } }, { access }) {
    const revoked = access?.tokens.get(id);
    return revoked === undefined ? `no token ${id}` : `token ${id}, "${revoked.name}", ${revoked.role}`;
  },
  async handle(context, { params }, { reply }) {
    const { tokens } = partsOf(context);
    const revoked = tokens.get(params.id);
    if (revoked === undefined) throw new ApiProblem('UNKNOWN_TOKEN_ID', 'There is no token with this id.');
    const admins = tokens.all().filter(({ role }) => role === 'admin');
    if (revoked.role === 'admin' && admins.length === 1)
      throw new ApiProblem(
        'LAST_ADMIN',
        'This is the last token that may make others. Make another admin token first.',
      );
    await tokens.revoke(params.id);
    return reply.code(204).send();
  },
});

const entrySchema = z
  .strictObject({
    at: z.string().describe('ISO 8601, UTC'),
    who: z.string(),
    role: z.string(),
    action: z.string().describe('method and path'),
    what: z.string().describe('what was in the request, in short; never a secret'),
  })
  .meta({ id: 'AuditEntry' });

export const auditRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/audit',
  summary: 'who changed what, newest first',
  description: 'The last thousand of at most 100,000 that are kept.',
  role: 'admin',
  answers: {
    200: json('entries', z.strictObject({ entries: z.array(entrySchema) }), {
      entries: [
        {
          at: '2026-01-31T09:00:00.000Z',
          who: 'set-up',
          role: 'admin',
          action: 'POST /api/v1/tokens',
          what: 'token "field team", operator',
        },
      ],
    }),
  },
  problems: ['NO_TOKENS'],
  handle: async (context) => ({ entries: await partsOf(context).audit.newest(1_000) }),
});

function partsOf({ access }: ApiContext): AccessParts {
  if (access === undefined) throw new ApiProblem('NO_TOKENS', 'This process keeps no tokens.');
  return access;
}

function answerOf({ createdAt, ...rest }: Token) {
  return { ...rest, createdAt: isoTime(createdAt) };
}
