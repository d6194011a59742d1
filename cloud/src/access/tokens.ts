// API tokens: who may ask the cloud what. Only their hashes are kept.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { KeyValueDb } from '@wellhead/host';
import type { TokenRole } from './role.ts';

export interface Token {
  readonly id: string;
  /** Whose it is, or what for; stands in the audit log and as the author of feedback. */
  readonly name: string;
  readonly role: TokenRole;
  readonly createdAt: number;
}

interface KeptToken extends Token {
  /** SHA-256 of the secret part, hex. The secret has 192 random bits, so no slow hash is needed. */
  readonly hash: string;
}

/** More people and programs than that use an installation of their own for accounts. */
const maxTokens = 1_000;
const prefix = 'token!';
const form = /^wh_([a-z0-9]{12})_([A-Za-z0-9_-]{32})$/;

/** The tokens of one cloud, kept in its state database. */
export class Tokens {
  readonly #db: KeyValueDb;
  readonly #now: () => number;
  readonly #tokens = new Map<string, KeptToken>();

  private constructor(db: KeyValueDb, now: () => number) {
    this.#db = db;
    this.#now = now;
  }

  static async open(db: KeyValueDb, now: () => number): Promise<Tokens> {
    const tokens = new Tokens(db, now);
    for await (const [, value] of db.iterator({ gte: prefix, lt: `${prefix.slice(0, -1)}"` })) {
      const token = JSON.parse(Buffer.from(value).toString()) as KeptToken;
      tokens.#tokens.set(token.id, token);
    }
    return tokens;
  }

  all(): readonly Token[] {
    return [...this.#tokens.values()].map(withoutHash);
  }

  get(id: string): Token | undefined {
    const token = this.#tokens.get(id);
    return token && withoutHash(token);
  }

  /** Makes a token; its text is shown once and never again. Undefined when there are a thousand. */
  async create(name: string, role: TokenRole): Promise<{ token: Token; text: string } | undefined> {
    if (this.#tokens.size >= maxTokens) return undefined;
    const id = randomBytes(6).toString('hex');
    const secret = randomBytes(24).toString('base64url');
    const kept: KeptToken = { id, name, role, createdAt: this.#now(), hash: hashOf(secret).toString('hex') };
    await this.#db.batch([{ type: 'put', key: prefix + id, value: Buffer.from(JSON.stringify(kept)) }], {
      sync: true,
    });
    this.#tokens.set(id, kept);
    return { token: withoutHash(kept), text: `wh_${id}_${secret}` };
  }

  /** Whose token a text is. In a time that says nothing of how much of it was right. */
  check(text: string): Token | undefined {
    const [, id, secret] = form.exec(text) ?? [];
    const kept = id === undefined ? undefined : this.#tokens.get(id);
    if (kept === undefined) return undefined;
    return timingSafeEqual(hashOf(secret!), Buffer.from(kept.hash, 'hex')) ? withoutHash(kept) : undefined;
  }

  async revoke(id: string): Promise<void> {
    await this.#db.batch([{ type: 'del', key: prefix + id }], { sync: true });
    this.#tokens.delete(id);
  }
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

function withoutHash({ id, name, role, createdAt }: KeptToken): Token {
  return { id, name, role, createdAt };
}
