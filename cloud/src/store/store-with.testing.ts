import type { ReadingStore } from './reading-store.ts';

/** The store, with parts of a test's own in the place of some of its own. */
export function storeWith(store: ReadingStore, parts: Partial<ReadingStore>): ReadingStore {
  return new Proxy(store, {
    get(held, name) {
      if (Object.hasOwn(parts, name)) return Reflect.get(parts, name);
      const part: unknown = Reflect.get(held, name);
      return typeof part === 'function' ? part.bind(held) : part;
    },
  });
}
