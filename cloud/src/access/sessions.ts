// Browsers that have logged in with a token. A restart of the cloud logs them out.

import { createHash, randomBytes } from 'node:crypto';
import { hourMs } from '@wellhead/protocol';

export interface SessionOptions {
  readonly now: () => number;
  /** The oldest session ends beyond. */
  readonly most?: number;
}

export const sessionMs = 12 * hourMs;

export class Sessions {
  readonly #now: () => number;
  readonly #most: number;
  /** By the hash of the cookie: whoever reads our memory cannot use it. Oldest first. */
  readonly #sessions = new Map<string, { readonly token: string; readonly endsAt: number }>();

  constructor({ now, most = 10_000 }: SessionOptions) {
    this.#now = now;
    this.#most = most;
  }

  /** @returns what the browser must keep */
  begin(tokenId: string): string {
    const cookie = randomBytes(24).toString('base64url');
    this.#sessions.set(hashOf(cookie), { token: tokenId, endsAt: this.#now() + sessionMs });
    for (const oldest of this.#sessions.keys()) {
      if (this.#sessions.size <= this.#most) break;
      this.#sessions.delete(oldest);
    }
    return cookie;
  }

  /** The id of the token that it was begun with; undefined when it is over. */
  tokenOf(cookie: string): string | undefined {
    const key = hashOf(cookie);
    const session = this.#sessions.get(key);
    if (session === undefined) return undefined;
    if (this.#now() < session.endsAt) return session.token;
    this.#sessions.delete(key);
    return undefined;
  }

  end(cookie: string): void {
    this.#sessions.delete(hashOf(cookie));
  }
}

function hashOf(cookie: string): string {
  return createHash('sha256').update(cookie).digest('base64');
}
