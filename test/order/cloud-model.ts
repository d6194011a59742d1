// The cloud's end of a link: stores what comes and gives receipts, over a network that drops, doubles and delays.
import { decodeBatch } from '@wellhead/protocol';
import type { Link } from '../../edge/src/uplink/link.ts';
import type { Uplink } from '../../edge/src/uplink/uplink.ts';
import type { Account } from './account.ts';
import type { Point } from './life.ts';

export type NetworkFault = 'drop' | 'double';

export interface CloudModelOptions {
  readonly account: Account;
  readonly point: Point;
  readonly uplink: Uplink;
  /** Asked for each message in either direction. */
  readonly faultOf: () => NetworkFault | undefined;
  readonly onError: (error: unknown) => void;
}

/** One connection after the other; a message that is under way may arrive after its connection is gone. */
export class CloudModel {
  readonly #options: CloudModelOptions;
  #link: (Link & { up: boolean }) | undefined;

  constructor(options: CloudModelOptions) {
    this.#options = options;
  }

  connect(): void {
    if (this.#link !== undefined) return;
    const link = {
      up: true,
      send: (kind: string, payload: Uint8Array | string) => {
        if (link.up && kind === 'data') this.#carry('data arrives', () => this.#take(payload as Uint8Array));
        return link.up;
      },
      close: async () => undefined,
    };
    this.#link = link;
    this.#options.uplink.connected(link);
  }

  disconnect(): void {
    if (this.#link === undefined) return;
    this.#link.up = false;
    this.#link = undefined;
    this.#options.uplink.disconnected();
  }

  /** Tells the gateway that the cloud lacks these; nobody keeps a request for a gateway that is not connected. */
  request(sensor: string, from: number, to: number): void {
    const payload = Buffer.from(JSON.stringify({ origin: 'aa', ranges: [[sensor, from, to]] }));
    this.#carry('request arrives', () => this.#options.uplink.request(payload));
  }

  #take(payload: Uint8Array): void {
    const { account, uplink } = this.#options;
    const { origin, blocks } = decodeBatch(payload);
    const receipt = { origin, ranges: blocks.map((bytes) => account.store(bytes)) };
    this.#carry('receipt arrives', () => uplink.receipt(Buffer.from(JSON.stringify(receipt))));
  }

  #carry(what: string, arrive: () => unknown): void {
    const { faultOf, point, onError } = this.#options;
    const fault = faultOf();
    if (fault === 'drop') return;
    for (let copies = fault === 'double' ? 2 : 1; copies > 0; copies--)
      point(what)
        .then(() => (this.#link === undefined && what !== 'data arrives' ? undefined : arrive()))
        .catch(onError);
  }
}
