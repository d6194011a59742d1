// One write from plan to summaries; wherever it breaks off, the same write again does the rest.
import type { StoredBatch, WriteResult } from '../../reading-store.ts';
import type { BulkItem, BulkQueue } from '../open/bulk-queue.ts';
import { type Cluster, refresh } from '../open/cluster.ts';
import { indexOfMonth, monthOf } from '../open/index-names.ts';
import type { SeriesTable } from '../series/series-table.ts';
import { findMoves, placeLeft } from './move-corrected.ts';
import { passOverDropped } from './pass-over-dropped.ts';
import { measuredAtOf, type PlannedReading, planWrite } from './plan-write.ts';
import { readingId, versionOf } from './reading-id.ts';
import { countOutcomes, rejectedOf } from './rejected.ts';
import { sumUp } from './sum-up.ts';

export interface WriteContext {
  readonly cluster: Cluster;
  readonly queue: BulkQueue;
  readonly table: SeriesTable;
  /** What is older was dropped by this process, and does not come back. */
  droppedBefore: number;
}

/**
 * One write, from plan to summaries. Readings first, then the places that moved ones leave, then what was written is made
 * visible, then the summaries: wherever it breaks off, the same write again finds what is done and does the rest.
 */
export async function writeReadings(
  { cluster, queue, table, droppedBefore }: WriteContext,
  batches: readonly StoredBatch[],
): Promise<WriteResult> {
  const plan = planWrite(batches);
  if (plan.size === 0) return { written: 0, repeated: 0, revised: 0 };
  refuseStrangeRevisions([...plan.values()].flatMap(({ readings }) => [...readings.values()]));
  const known = await table.load([...plan.keys()]);
  await findMoves(cluster, plan, known);
  passOverDropped(plan, known, droppedBefore);
  const touched = new Set<string>();
  const readings = [...plan.values()]
    .flatMap((series) => [...series.readings.values()])
    .filter(({ outcome }) => outcome === undefined);
  await queue.deliver(
    readings.length,
    (place) => {
      const reading = readings[place]!;
      const index = indexOfMonth(cluster.names, monthOf(measuredAtOf(reading)));
      touched.add(index);
      return itemOf(index, reading);
    },
    (place, outcome) => {
      readings[place]!.outcome = outcome;
    },
  );
  const left = readings
    .filter(({ outcome }) => outcome?.kind !== 'refused')
    .flatMap((reading) => reading.leaves.map((index) => ({ index, reading })));
  for (const { index } of left) touched.add(index);
  await queue.deliver(
    left.length,
    (place) => placeLeft(left[place]!.index, left[place]!.reading),
    () => undefined,
  );
  if (touched.size > 0) await refresh(cluster, [...touched]);
  await sumUp(cluster, table, plan);
  const rejected = rejectedOf(plan.values());
  return { ...countOutcomes(plan.values()), ...(rejected.length > 0 && { rejected }) };
}

/** A revision that makes no version would spoil the request that it is in. */
function refuseStrangeRevisions(readings: readonly PlannedReading[]): void {
  for (const reading of readings) {
    const { revision } = reading;
    if (!Number.isSafeInteger(revision) || revision < 0)
      reading.outcome = { kind: 'refused', reason: `revision ${revision} is no whole number from 0` };
  }
}

function itemOf(index: string, { series, seq, revision, source }: PlannedReading): BulkItem {
  const id = readingId(series.id, seq);
  return {
    // Written by hand: one for each reading, and none of its parts needs escaping.
    action: `{"index":{"_index":"${index}","_id":"${id}","version":${versionOf(revision)},"version_type":"external"}}`,
    source: source.writer.json(source.index),
  };
}
