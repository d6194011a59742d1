// Who asks, and may they? The one decision before every route; it touches nothing but what it is given.
import { isLoopback } from '@wellhead/host';
import { mayDo, type Role, type TokenRole } from './role.ts';
import type { Token } from './tokens.ts';

/** `open`: whoever reaches the port may do everything, and only this machine reaches it. */
export type Access = 'open' | 'tokens';

export interface Principal {
  readonly name: string;
  readonly role: TokenRole;
  readonly via: 'open' | 'token' | 'session';
}

/** What of a request matters. */
export interface AccessRequest {
  readonly method: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** What a browser says of where the request comes from; other programs say nothing. */
  readonly fetchSite: string | undefined;
  readonly token: Token | undefined;
  readonly session: Token | undefined;
}

export type Refusal = 'UNAUTHENTICATED' | 'FORBIDDEN' | 'CROSS_SITE' | 'FOREIGN_HOST';

/** The one who asks, or why not. `public` needs nobody. */
export function decide(access: Access, needed: Role, accessRequest: AccessRequest): Principal | Refusal {
  if (access === 'open' && !isOwnName(accessRequest.host)) return 'FOREIGN_HOST';
  // A token in a header is sent on purpose; cookies, and requests to this machine, any page can cause.
  if (accessRequest.token === undefined && isChange(accessRequest.method) && isFromElsewhere(accessRequest))
    return 'CROSS_SITE';
  if (access === 'open') return { name: 'this machine', role: 'admin', via: 'open' };
  const token = accessRequest.token ?? accessRequest.session;
  if (token === undefined) return needed === 'public' ? nobody : 'UNAUTHENTICATED';
  if (needed !== 'public' && !mayDo(token.role, needed)) return 'FORBIDDEN';
  return { name: token.name, role: token.role, via: accessRequest.token === undefined ? 'session' : 'token' };
}

const nobody: Principal = { name: 'nobody', role: 'viewer', via: 'open' };

export function isChange(method: string): boolean {
  return !['GET', 'HEAD', 'OPTIONS'].includes(method);
}

/** A name that leads here by somebody else's DNS is how foreign pages reach a port of this machine. */
function isOwnName(host: string | undefined): boolean {
  if (host === undefined) return true;
  return isLoopback(host.replace(/:\d+$/, '').replace(/^\[|\]$/g, ''));
}

function isFromElsewhere({ fetchSite, origin, host }: AccessRequest): boolean {
  if (fetchSite !== undefined) return fetchSite !== 'same-origin' && fetchSite !== 'none';
  if (origin === undefined) return false;
  try {
    return new URL(origin).host !== host;
  } catch {
    return true;
  }
}
