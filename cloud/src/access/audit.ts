// Who changed what, when: a bounded list that only grows at its end.
import { type KeyValueDb, openBoundedList } from '@wellhead/host';

export interface AuditEntry {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly who: string;
  readonly role: string;
  /** Method and path. */
  readonly action: string;
  /** What was in the request, in short; see `shorten`. */
  readonly what: string;
}

const longestWhat = 300;
const secret = /(wh_[a-z0-9]{12}_)[A-Za-z0-9_-]+/g;

/** Fit for the log: on one line, at most 300 characters, and without the secret of a token wherever one stands. */
export function shorten(text: string): string {
  const line = text.replace(secret, '$1…').replace(/[\p{Cc}\s]+/gu, ' ');
  return line.length <= longestWhat ? line : `${line.slice(0, longestWhat - 1)}…`;
}

export interface Audit {
  /** Resolves when the entry is synced to the disk. */
  add(entry: AuditEntry): Promise<void>;
  /** The newest entries, newest first. */
  newest(limit: number): Promise<AuditEntry[]>;
}

export async function openAudit(db: KeyValueDb, onDropped: (count: number) => void): Promise<Audit> {
  const list = await openBoundedList({ db, prefix: 'audit!', limit: 100_000, onDropped });
  return {
    add: (entry) => list.add(entry),
    async newest(limit) {
      const entries: AuditEntry[] = [];
      for await (const { entry } of list.newest()) {
        if (entries.length === limit) break;
        entries.push(entry as AuditEntry);
      }
      return entries;
    },
  };
}
