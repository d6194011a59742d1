// Everything about who may do what, opened together.
import { isLoopback, type KeyValueDb } from '@wellhead/host';
import { type Audit, openAudit } from './audit.ts';
import type { Access } from './gate.ts';
import { Sessions } from './sessions.ts';
import { Tokens } from './tokens.ts';

export interface AccessOptions {
  readonly db: KeyValueDb;
  /** Where the API listens. */
  readonly host: string;
  /** As configured; left out, it follows from the host. */
  readonly access: Access | undefined;
  readonly now: () => number;
  readonly onDropped: (entries: number) => void;
  /** Told the first token, when there is none yet: this once and never again. */
  readonly onSetUp: (text: string) => void;
}

export interface AccessParts {
  readonly access: Access;
  readonly tokens: Tokens;
  readonly sessions: Sessions;
  readonly audit: Audit;
}

export async function openAccess({
  db,
  host,
  access,
  now,
  onDropped,
  onSetUp,
}: AccessOptions): Promise<AccessParts> {
  const tokens = await Tokens.open(db, now);
  const chosen = access ?? (isLoopback(host) ? 'open' : 'tokens');
  if (chosen === 'tokens' && tokens.all().length === 0) {
    const made = await tokens.create('set-up', 'admin');
    onSetUp(made!.text);
  }
  return { access: chosen, tokens, sessions: new Sessions({ now }), audit: await openAudit(db, onDropped) };
}
