// Readings of dropped months that are sent again must not come back.
import { RangeSet } from '@wellhead/protocol';
import type { KnownSeries } from '../series/series-table.ts';
import { measuredAtOf, type PlannedSeries } from './plan-write.ts';

/**
 * Takes as held what the summary holds and what is older than the months that are kept. Only so old: newer readings
 * whose index was lost are to be filled in again from the log. A correction is written, and dropped with the next months.
 */
export function passOverDropped(
  plan: ReadonlyMap<string, PlannedSeries>,
  known: ReadonlyMap<string, KnownSeries>,
  droppedBefore: number,
): void {
  for (const { id, seqIsTime, readings } of plan.values()) {
    const ledger = known.get(id)?.record?.ledger;
    if (seqIsTime || ledger === undefined) continue;
    let held: RangeSet | undefined;
    for (const reading of readings.values()) {
      if (reading.outcome !== undefined || reading.revision > 0 || measuredAtOf(reading) >= droppedBefore)
        continue;
      held ??= new RangeSet(ledger.held);
      if (held.has(reading.seq)) reading.outcome = { kind: 'held' };
    }
  }
}
