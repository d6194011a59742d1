// What the gateways say of themselves: their last status and their ledger.

import type { KeyValueDb } from '@wellhead/host';
import { type Address, type Ledger, ledgerSchema, type Status } from '@wellhead/protocol';

export interface GatewayRecord extends Address {
  readonly status?: Status;
  readonly ledger?: Ledger;
  /** When the cloud last heard from it: milliseconds since 1970, UTC. */
  readonly heardAt: number;
  /** How far its clock was ahead when it last said that it is online, with the way of the message. */
  readonly clockAheadMs?: number;
}

/** Not more than this: a gateway is a machine somebody put up, and each costs memory here. */
const maxGateways = 100_000;

/** Keeps what gateways say; read back at the start, so that a restart of the cloud forgets no gateway. */
export class Gateways {
  readonly #db: KeyValueDb;
  readonly #records = new Map<string, GatewayRecord>();

  readonly #onNoteFailed: () => void;

  private constructor(db: KeyValueDb, onNoteFailed: () => void) {
    this.#db = db;
    this.#onNoteFailed = onNoteFailed;
  }

  /** `onNoteFailed` is called when something a gateway said could not be kept. */
  static async open(db: KeyValueDb, onNoteFailed: () => void): Promise<Gateways> {
    const gateways = new Gateways(db, onNoteFailed);
    for await (const [, value] of db.iterator({ gte: 'g!', lt: 'g"' })) {
      const { ledger, ...record } = JSON.parse(Buffer.from(value).toString()) as GatewayRecord;
      // One that another version wrote may lack something: the gateway says it again within the hour.
      const isWhole = ledgerSchema.safeParse(ledger).success;
      const key = `${record.site}/${record.gateway}`;
      gateways.#records.set(key, isWhole ? { ...record, ledger: ledger! } : record);
    }
    return gateways;
  }

  all(): readonly GatewayRecord[] {
    return [...this.#records.values()];
  }

  /** Not synced, and a write that fails is no error: a gateway says it again within the hour. */
  async note(
    address: Address,
    heardAt: number,
    said: Pick<GatewayRecord, 'status' | 'ledger'>,
  ): Promise<void> {
    const key = `${address.site}/${address.gateway}`;
    const before = this.#records.get(key);
    if (before === undefined && this.#records.size >= maxGateways) return this.#onNoteFailed();
    const record: GatewayRecord = {
      ...before,
      ...said,
      // The other states are told by the broker, at a time of its own.
      ...(said.status?.state === 'online' && { clockAheadMs: Date.parse(said.status.at) - heardAt }),
      site: address.site,
      gateway: address.gateway,
      heardAt,
    };
    this.#records.set(key, record);
    try {
      await this.#db.put(`g!${key}`, Buffer.from(JSON.stringify(record)));
    } catch {
      this.#onNoteFailed();
    }
  }
}
