// When a server may be asked again that said it is too busy: as it says, and otherwise less and less often.
import { retryDelays } from '@wellhead/protocol';

const plan = { firstMs: 5_000, maxMs: 15 * 60_000 };
/** A server that wants more than this is taken at its word so far. */
const longestMs = 60 * 60_000;

/** Whether the server says that it has too much to do, or does not know what to do. */
export function isBusy(status: number): boolean {
  return status === 429 || status >= 500;
}

export class ServerRetryPolicy {
  readonly #random: () => number;
  #delays: Generator<number, never>;
  #until = 0;

  constructor(random: () => number) {
    this.#random = random;
    this.#delays = retryDelays(plan, random);
  }

  /** How long the server is still to be left alone, in milliseconds. A clock that was set back changes nothing. */
  left(now: number): number {
    const left = this.#until - now;
    return left > 0 && left <= longestMs ? left : 0;
  }

  refused(retryAfter: string | null, now: number): void {
    const own = this.#delays.next().value;
    this.#until = now + Math.min(longestMs, Math.max(own, readRetryAfter(retryAfter, now) ?? 0));
  }

  answered(): void {
    this.#until = 0;
    this.#delays = retryDelays(plan, this.#random);
  }
}

/** RFC 9110, 10.2.3: seconds, or a date. */
function readRetryAfter(value: string | null, now: number): number | undefined {
  if (value === null) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1_000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : at - now;
}
