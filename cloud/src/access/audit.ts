// Who changed what, when: a bounded list that only grows at its end.
import { type KeyValueDb, openBoundedList } from '@wellhead/host';

export interface AuditEntry {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly who: string;
  readonly role: string;
  /** Method and path. */
  readonly action: string;
}

export interface Audit {
  /** Resolves when the entry is synced to the disk. */
  add(entry: AuditEntry): Promise<void>;
  /** The newest entries, newest first. */
  newest(limit: number): Promise<AuditEntry[]>;
}

const prefix = 'audit!';

export async function openAudit(db: KeyValueDb, onDropped: (count: number) => void): Promise<Audit> {
  const list = await openBoundedList({ db, prefix, limit: 100_000, onDropped });
  return {
    add: (entry) => list.add(entry),
    async newest(limit) {
      const range = { gte: prefix, lt: `${prefix.slice(0, -1)}"`, reverse: true, limit };
      const values = await db.values(range).all();
      return values.map((value) => JSON.parse(Buffer.from(value).toString()) as AuditEntry);
    },
  };
}
