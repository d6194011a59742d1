// A reading as stores give it back.
import type { Reading } from '@wellhead/protocol';

/** A reading with the time it was stored and whether it came as backlog. */
export interface StoredReading extends Reading {
  readonly gateway: string;
  readonly storedAt: string;
  readonly historical: boolean;
}

/**
 * A moment, in milliseconds since 1970: only readings with storedAt ≤ it, to the whole millisecond, as if no later
 * one had come. A store holds the newest revision of a reading alone, and storedAt is that revision’s: a reading
 * that was corrected after the moment is left out, for what was known of it then is no longer held.
 */
export type AsOf = number;
