// Asks gateways for readings that they hold and this cloud lost.
import { RecentMap } from '@wellhead/host';
import { type Address, type Range, type Request, topicOf } from '@wellhead/protocol';

export interface RequestsOptions {
  readonly publish: (topic: string, payload: string) => void;
  readonly now: () => number;
}

/** What was asked for and is not there by then may be asked for again. */
const pendingMs = 600_000;
const maxRemembered = 10_000;

interface Asked {
  readonly range: Range;
  readonly at: number;
}

export class Requests {
  readonly #options: RequestsOptions;
  readonly #asked = new RecentMap<string, readonly Asked[]>(maxRemembered);

  constructor(options: RequestsOptions) {
    this.#options = options;
  }

  /** Goes to the gateway if it is connected now; nobody keeps it for one that is not. */
  send(address: Address, sensor: string, origin: string, ranges: readonly Range[]): void {
    const request: Request = { origin, ranges: ranges.map(([from, to]) => [sensor, from, to]) };
    this.#options.publish(topicOf(address, 'request'), JSON.stringify(request));
    const at = this.#options.now();
    const before = this.#within(address.site, sensor, origin);
    this.#asked.set(keyOf(address.site, sensor, origin), [
      ...before,
      ...ranges.map((range) => ({ range, at })),
    ]);
  }

  /** What was asked for within the last ten minutes. */
  pending(site: string, sensor: string, origin: string): readonly Range[] {
    return this.#within(site, sensor, origin).map(({ range }) => range);
  }

  #within(site: string, sensor: string, origin: string): readonly Asked[] {
    const since = this.#options.now() - pendingMs;
    return this.#asked.get(keyOf(site, sensor, origin))?.filter(({ at }) => at > since) ?? [];
  }
}

function keyOf(site: string, sensor: string, origin: string): string {
  return `${site}/${sensor}/${origin}`;
}
