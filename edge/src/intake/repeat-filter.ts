// A sensor that got no PUBACK sends its reading again: the same time and the same values are one reading.
import type { Value } from '@wellhead/protocol';

const number = new Float64Array(1);
const words = new Uint32Array(number.buffer);

/**
 * Remembers the newest `capacity` readings of one sensor by time and values, and how refused ones were judged.
 * Bounded memory.
 */
export class RepeatFilter<Judgement = unknown> {
  readonly #capacity: number;
  readonly #seen = new Set<string>();
  readonly #pending = new Map<string, Promise<void>>();
  readonly #refused = new Map<string, Judgement>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Whether this very reading was accepted before; then the promise of its being durable. */
  repeated(key: string): Promise<void> | undefined {
    if (!this.#seen.has(key)) return undefined;
    return this.#pending.get(key) ?? Promise.resolve();
  }

  /** How a reading was judged that could not be kept then: judged anew, it would seem to repeat its own time. */
  judgedBefore(key: string): Judgement | undefined {
    return this.#refused.get(key);
  }

  /** Remembers a reading that is kept already. */
  remember(key: string): void {
    dropOldest(this.#seen, this.#capacity);
    this.#seen.add(key);
  }

  /** Remembers a reading under way; forgets it when its promise rejects, for then it may come again. */
  rememberPending(key: string, durable: Promise<void>, judgement: Judgement): void {
    this.remember(key);
    this.#refused.delete(key);
    this.#pending.set(key, durable);
    durable.then(
      () => this.#pending.delete(key),
      () => {
        this.#pending.delete(key);
        this.#seen.delete(key);
        dropOldest(this.#refused, this.#capacity);
        this.#refused.set(key, judgement);
      },
    );
  }
}

function dropOldest(kept: Set<string> | Map<string, unknown>, capacity: number): void {
  if (kept.size < capacity) return;
  const [oldest] = kept.keys();
  kept.delete(oldest!);
}

/** The same for the same time and values. Two readings of one time may differ: the values are part of it. */
export function repeatKey(measuredAt: number, values: readonly (Value | undefined)[]): string {
  return `${measuredAt} ${fingerprint(values)}`;
}

/** 53 bits over kinds and values: two different readings of one time are told apart but for one in 10^15. */
function fingerprint(values: readonly (Value | undefined)[]): number {
  // Two hashes that see every word, each with a factor of its own.
  let a = 0x811c9dc5;
  let b = 0x1b873593;
  const add = (word: number) => {
    a = mix(a ^ word, 0x9e3779b1);
    b = mix(b ^ word, 0x85ebca6b);
  };
  for (const value of values) {
    if (typeof value === 'number') {
      number[0] = value;
      add(1);
      add(words[0]!);
      add(words[1]!);
    } else if (typeof value === 'string') {
      for (let i = 0; i < value.length; i++) add(value.charCodeAt(i));
      add(2);
      add(value.length);
    } else add(value === undefined ? 5 : value === null ? 7 : value ? 11 : 13);
  }
  a = mix(a ^ (b >>> 13), 0xc2b2ae35);
  b = mix(b ^ (a >>> 13), 0x27d4eb2f);
  return (b & 0x1fffff) * 0x1_0000_0000 + (a >>> 0);
}

/** One to one for an odd factor: nothing is lost before the end. */
function mix(hash: number, factor: number): number {
  const h = Math.imul(hash, factor);
  return h ^ (h >>> 15);
}
