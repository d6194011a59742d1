/** A map with a bound: beyond it, what was set longest ago is forgotten. */
export class RecentMap<Key, Value> {
  readonly #most: number;
  readonly #entries = new Map<Key, Value>();

  /** @param most so many entries are kept */
  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: Key): Value | undefined {
    return this.#entries.get(key);
  }

  /** Makes it the newest entry. @returns the key that was forgotten for it, if one was */
  set(key: Key, value: Value): Key | undefined {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size <= this.#most) return undefined;
    const [oldest] = this.#entries.keys();
    this.#entries.delete(oldest!);
    return oldest;
  }

  delete(key: Key): void {
    this.#entries.delete(key);
  }
}
