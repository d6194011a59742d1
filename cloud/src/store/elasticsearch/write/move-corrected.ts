// A corrected time can move a reading into another month: no second copy of it may stay behind.
import { RangeSet } from '@wellhead/protocol';
import type { BulkItem } from '../open/bulk-queue.ts';
import { type Cluster, refresh } from '../open/cluster.ts';
import { indexOfMonth, monthOf } from '../open/index-names.ts';
import type { KnownSeries } from '../series/series-table.ts';
import { findCopies } from './find-copies.ts';
import { measuredAtOf, type PlannedReading, type PlannedSeries } from './plan-write.ts';
import { readingId, versionOf } from './reading-id.ts';

/**
 * A correction may move a reading into another month's index, where its id is not known. Finds such readings before
 * they are written: the place they leave is noted, and what is older than what another month holds is settled as held.
 */
export async function findMoves(
  cluster: Cluster,
  plan: ReadonlyMap<string, PlannedSeries>,
  known: ReadonlyMap<string, KnownSeries>,
): Promise<void> {
  const suspects = new Map<string, PlannedReading>();
  for (const series of plan.values()) {
    const revised = new RangeSet(known.get(series.id)?.record?.ledger.revised);
    for (const reading of series.readings.values()) {
      if (reading.revision > 0 || revised.has(reading.seq))
        suspects.set(readingId(series.id, reading.seq), reading);
    }
  }
  if (suspects.size === 0) return;
  // A write that was broken off may have left documents that no search sees yet.
  await refresh(cluster, cluster.names.readings);
  for (const [id, copies] of await findCopies(cluster, [...suspects.keys()])) {
    const reading = suspects.get(id)!;
    const target = indexOfMonth(cluster.names, monthOf(measuredAtOf(reading)));
    const version = versionOf(reading.revision);
    const elsewhere = copies.filter(({ index }) => index !== target);
    if (elsewhere.some((copy) => copy.version >= version)) reading.outcome = { kind: 'held' };
    else reading.leaves = elsewhere.map(({ index }) => index);
  }
}

/**
 * What a moved reading leaves behind: a document without any of the fields that searches ask for, of the same version as
 * the correction. A deleted document would be forgotten after a minute, and a repeat of the old revision would then be
 * a second copy.
 */
export function placeLeft(index: string, reading: PlannedReading): BulkItem {
  return {
    action: JSON.stringify({
      index: {
        _index: index,
        _id: readingId(reading.series.id, reading.seq),
        version: versionOf(reading.revision),
        version_type: 'external',
      },
    }),
    source: JSON.stringify({ movedTo: monthOf(measuredAtOf(reading)) }),
  };
}
