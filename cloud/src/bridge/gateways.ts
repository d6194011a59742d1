// What the gateways say of themselves: their last status and their ledger.
import type { Address, Ledger, Status } from '@wellhead/protocol';
import type { LogDb } from '../log/level-log.ts';

export interface GatewayRecord extends Address {
  readonly status?: Status;
  readonly ledger?: Ledger;
  /** When the cloud last heard from it: milliseconds since 1970, UTC. */
  readonly heardAt: number;
}

/** Not more than this: a gateway is a machine somebody put up, and each costs memory here. */
const maxGateways = 100_000;

/** Keeps what gateways say; read back at the start, so that a restart of the cloud forgets no gateway. */
export class Gateways {
  readonly #db: LogDb;
  readonly #records = new Map<string, GatewayRecord>();

  private constructor(db: LogDb) {
    this.#db = db;
  }

  static async open(db: LogDb): Promise<Gateways> {
    const gateways = new Gateways(db);
    for await (const [, value] of db.iterator({ gte: 'g!', lt: 'g"' })) {
      const record = JSON.parse(Buffer.from(value).toString()) as GatewayRecord;
      gateways.#records.set(`${record.site}/${record.gateway}`, record);
    }
    return gateways;
  }

  all(): readonly GatewayRecord[] {
    return [...this.#records.values()];
  }

  /** Not synced: a gateway says it again within the hour. */
  async note(
    address: Address,
    heardAt: number,
    said: Pick<GatewayRecord, 'status' | 'ledger'>,
  ): Promise<void> {
    const key = `${address.site}/${address.gateway}`;
    const before = this.#records.get(key);
    if (before === undefined && this.#records.size >= maxGateways) return;
    const record: GatewayRecord = {
      ...before,
      ...said,
      site: address.site,
      gateway: address.gateway,
      heardAt,
    };
    this.#records.set(key, record);
    await this.#db.put(`g!${key}`, Buffer.from(JSON.stringify(record)));
  }
}
