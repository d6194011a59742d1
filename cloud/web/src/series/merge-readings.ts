// Puts what arrives live among what was loaded.
import type { StoredReading } from '../../../src/api/answer/answers.ts';

/**
 * In the order of measuredAt. The same key is held once, the higher revision wins. Returns the same array
 * where nothing changed.
 */
export function mergeReadings(
  held: readonly StoredReading[],
  arrived: readonly StoredReading[],
): readonly StoredReading[] {
  if (arrived.length === 0) return held;
  const byKey = new Map(held.map((reading) => [keyOf(reading), reading]));
  let changed = false;
  for (const reading of arrived) {
    const before = byKey.get(keyOf(reading));
    if (before !== undefined && before.revision >= reading.revision) continue;
    byKey.set(keyOf(reading), reading);
    changed = true;
  }
  if (!changed) return held;
  return [...byKey.values()].sort(inOrder);
}

function keyOf({ origin, seq }: StoredReading): string {
  return `${origin} ${seq}`;
}

/** ISO times of four-digit years sort as text. */
function inOrder(a: StoredReading, b: StoredReading): number {
  if (a.measuredAt !== b.measuredAt) return a.measuredAt < b.measuredAt ? -1 : 1;
  if (a.origin !== b.origin) return a.origin < b.origin ? -1 : 1;
  return a.seq - b.seq;
}
