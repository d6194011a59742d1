import { afterEach, beforeEach } from 'vitest';
import type { ReadingStore } from './reading-store.ts';

/** One fresh, empty store for one test. */
export interface StoreUnderTest {
  readonly store: ReadingStore;
  /** Closes the store and opens it again on what it has kept. */
  reopen?(): Promise<ReadingStore>;
  /** Closes the store, if the test has not, and removes what it has kept. */
  remove(): Promise<void>;
}

export interface StoreSupports {
  /** Whether readings outlive the store that wrote them. */
  readonly reopen: boolean;
}

export type StoreFactory = () => Promise<StoreUnderTest>;

/** Gives each test of a group a store of its own. */
export function eachTestItsStore(factory: StoreFactory): () => StoreUnderTest {
  let current: StoreUnderTest;
  beforeEach(async () => {
    current = await factory();
  });
  afterEach(async () => {
    await current.remove();
  });
  return () => current;
}
