// What became of a write: how many readings were new, held or corrected, and which were refused.
import { type Block, blockOf, type Row, rowsOf } from '@wellhead/protocol';
import type { RejectedReading } from '../../reading-store.ts';
import type { PlannedReading, PlannedSeries, ReadingSource } from './plan-write.ts';

/** The readings of a write that Elasticsearch refused, each as a batch of its own that can be sent again. */
export function rejectedOf(plan: Iterable<PlannedSeries>): RejectedReading[] {
  const rejected: RejectedReading[] = [];
  const rows = new Map<Block, Row[]>();
  const alone = ({ batch, block, index }: ReadingSource) => {
    const all = rows.get(block) ?? rowsOf(block);
    rows.set(block, all);
    return { ...batch, blocks: [blockOf(block, [all[index]!])] };
  };
  for (const { readings } of plan) {
    for (const { outcome, source, passedOver } of readings.values()) {
      if (outcome?.kind !== 'refused') continue;
      const { reason } = outcome;
      rejected.push({ batch: alone(source), reason });
      // They were not even tried: the store cannot know whether they would have been taken.
      for (const lower of passedOver)
        rejected.push({ batch: alone(lower), reason: `its correction was refused: ${reason}` });
    }
  }
  return rejected;
}

/** How many readings of a write were new, known, corrected. */
export function countOutcomes(plan: Iterable<PlannedSeries>): {
  written: number;
  repeated: number;
  revised: number;
} {
  const counts = { written: 0, repeated: 0, revised: 0 };
  for (const { readings } of plan) for (const reading of readings.values()) countReading(counts, reading);
  return counts;
}

function countReading(
  counts: { written: number; repeated: number; revised: number },
  { outcome, copies, leaves, passedOver }: PlannedReading,
): void {
  if (outcome === undefined || outcome.kind === 'refused') return;
  let changed = 0;
  if (outcome.kind === 'new' && leaves.length === 0) {
    counts.written++;
    changed++;
    // Had they come one write after another, the higher would have replaced the lower.
    if (passedOver.length > 0) {
      counts.revised++;
      changed++;
    }
  } else if (outcome.kind !== 'held') {
    counts.revised++;
    changed++;
  }
  counts.repeated += copies - changed;
}
