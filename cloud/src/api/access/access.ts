// From a request to who asks: reads the token or the cookie, and asks the gate.
import type { FastifyRequest } from 'fastify';
import { decide, type Principal, type Refusal } from '../../access/gate.ts';
import type { AccessParts } from '../../access/open-access.ts';
import type { Sessions } from '../../access/sessions.ts';
import type { Token, Tokens } from '../../access/tokens.ts';
import { ApiProblem } from '../http/problem.ts';
import type { Authorise } from './authorise.ts';
import { cookieOf } from './cookie.ts';

const refusals: Readonly<Record<Refusal, string>> = {
  UNAUTHENTICATED:
    'Say who you are: send the header "Authorization: Bearer wh_…" with an API token, or log in on the dashboard. Tokens are made by whoever runs this cloud.',
  FORBIDDEN: 'This token may not do that. Ask whoever runs this cloud for one with the role that is needed.',
  CROSS_SITE: 'Changes from pages of other sites are refused. Use the dashboard itself, or an API token.',
  FOREIGN_HOST:
    'This cloud answers only to localhost as long as it asks for no tokens. Set http.access to tokens in its file to reach it by another name.',
};

/** @returns the check before every route */
export function authoriseBy({ access, tokens, sessions }: AccessParts): Authorise {
  return (request, needed): Principal => {
    const { authorization, host, origin, 'sec-fetch-site': fetchSite } = request.headers;
    const token = bearerOf(authorization, tokens);
    const principal = decide(access, needed, {
      method: request.method,
      host,
      origin,
      fetchSite: typeof fetchSite === 'string' ? fetchSite : undefined,
      token,
      session: sessionOf(request, sessions, tokens),
    });
    if (typeof principal !== 'string') return principal;
    const isMissing = principal === 'UNAUTHENTICATED';
    throw new ApiProblem(
      principal,
      refusals[principal],
      [],
      isMissing ? { 'www-authenticate': 'Bearer' } : {},
    );
  };
}

function bearerOf(header: string | undefined, tokens: Tokens): Token | undefined {
  const [, text] = /^Bearer (\S+)$/i.exec(header ?? '') ?? [];
  return text === undefined ? undefined : tokens.check(text);
}

function sessionOf(request: FastifyRequest, sessions: Sessions, tokens: Tokens): Token | undefined {
  const cookie = cookieOf(request.headers.cookie);
  const id = cookie === undefined ? undefined : sessions.tokenOf(cookie);
  // A token that was revoked takes its sessions with it.
  return id === undefined ? undefined : tokens.get(id);
}
