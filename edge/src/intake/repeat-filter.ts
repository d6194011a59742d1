// A sensor that got no PUBACK sends its reading again: the same time and the same values are one reading.
import type { Value } from '@wellhead/protocol';

const number = new Float64Array(1);
const words = new Uint32Array(number.buffer);

/** Remembers the newest `capacity` readings of one sensor by time and values. Constant memory. */
export class RepeatFilter {
  readonly #capacity: number;
  readonly #seen = new Map<number, number>();
  readonly #pending = new Map<number, Promise<void>>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Whether this very reading was accepted before; then the promise of its being durable. */
  repeated(measuredAt: number, values: readonly (Value | undefined)[]): Promise<void> | undefined {
    if (this.#seen.get(measuredAt) !== fingerprint(values)) return undefined;
    return this.#pending.get(measuredAt) ?? Promise.resolve();
  }

  /** Remembers a reading; forgets it when its promise rejects, for then it may come again. */
  remember(measuredAt: number, values: readonly (Value | undefined)[], durable?: Promise<void>): void {
    if (this.#seen.size >= this.#capacity) this.#seen.delete(this.#seen.keys().next().value!);
    this.#seen.set(measuredAt, fingerprint(values));
    if (durable === undefined) return;
    this.#pending.set(measuredAt, durable);
    durable.then(
      () => this.#forgetPending(measuredAt, durable),
      () => {
        this.#forgetPending(measuredAt, durable);
        this.#seen.delete(measuredAt);
      },
    );
  }

  #forgetPending(measuredAt: number, durable: Promise<void>): void {
    if (this.#pending.get(measuredAt) === durable) this.#pending.delete(measuredAt);
  }
}

/** 53 bits over kinds and values: two different readings of one time are told apart but for one in 10^16. */
function fingerprint(values: readonly (Value | undefined)[]): number {
  let low = 0x811c9dc5;
  let high = 0x1b873593;
  for (const value of values) {
    if (typeof value === 'number') {
      number[0] = value;
      low = mix(low, words[0]!);
      high = mix(high, words[1]! ^ low);
    } else if (typeof value === 'string') {
      for (let i = 0; i < value.length; i++) {
        low = mix(low, value.charCodeAt(i));
        high = mix(high, low);
      }
      low = mix(low, 3);
    } else {
      low = mix(low, value === undefined ? 5 : value === null ? 7 : value ? 11 : 13);
      high = mix(high, low);
    }
  }
  return (high & 0x1fffff) * 0x1_0000_0000 + (low >>> 0);
}

function mix(hash: number, word: number): number {
  let h = Math.imul(hash ^ word, 0x9e3779b1);
  h ^= h >>> 15;
  return Math.imul(h, 0x85ebca6b) ^ (h >>> 13);
}
