// Who looks at the page: everybody where the cloud is open, and whoever logged in where it asks for tokens.
import { useAnswer } from './use-answer.ts';

interface Session {
  readonly access: 'open' | 'tokens';
  readonly name: string | null;
  readonly role: 'viewer' | 'operator' | 'admin' | null;
  readonly mayJudge: boolean;
}

export interface KnownSession {
  /** Undefined where nobody has to log in, or nobody has. */
  readonly user: string | undefined;
  readonly mustLogIn: boolean;
  /** Before somebody has logged in there is nothing to ask for; a server that is gone is waited for. */
  readonly mayAsk: boolean;
  readonly mayJudge: boolean;
  readonly isAdmin: boolean;
}

export function useSession(): KnownSession {
  const { data, problem } = useAnswer<Session>('/api/v1/session');
  const mustLogIn = data?.access === 'tokens' && data.name === null;
  return {
    user: data?.access === 'tokens' ? (data.name ?? undefined) : undefined,
    mustLogIn,
    mayAsk: !mustLogIn && (data !== undefined || problem !== undefined),
    mayJudge: data?.mayJudge === true,
    isAdmin: data?.role === 'admin',
  };
}
