// A write sorted by series and key, with the highest revision of each reading.
import { type Block, batchProblem } from '@wellhead/protocol';
import type { StoredBatch } from '../../reading-store.ts';
import type { Outcome } from '../open/item-outcome.ts';
import { type DocumentWriter, documentWriter } from './reading-document.ts';
import { seriesId } from './reading-id.ts';

/** A reading as it came. */
export interface ReadingSource {
  readonly batch: StoredBatch;
  readonly block: Block;
  readonly index: number;
  readonly writer: DocumentWriter;
}

/** One key of a write, with the highest revision that came for it, and what became of it. */
export interface PlannedReading {
  readonly series: PlannedSeries;
  readonly seq: number;
  source: ReadingSource;
  revision: number;
  /** Lower revisions that came before it in the same write. */
  readonly passedOver: ReadingSource[];
  /** How many came in all. */
  copies: number;
  /** Indices of other months where a lower revision of it lies. */
  leaves: readonly string[];
  outcome: Outcome | undefined;
}

export interface PlannedSeries {
  readonly id: string;
  readonly site: string;
  readonly sensor: string;
  readonly origin: string;
  readonly seqIsTime: boolean;
  readonly readings: Map<number, PlannedReading>;
}

/**
 * Sorts a write by series and key. Of several revisions of a key only the highest goes to Elasticsearch: the order
 * of requests under way is not certain, and each would cost a version of the document.
 * @throws TypeError where a batch is none that a store can hold (see `batchProblem`)
 */
export function planWrite(batches: readonly StoredBatch[]): ReadonlyMap<string, PlannedSeries> {
  const plan = new Map<string, PlannedSeries>();
  for (const batch of batches) {
    const problem = batchProblem(batch);
    if (problem !== undefined) throw new TypeError(`the batch cannot be stored: ${problem}`);
  }
  for (const batch of batches) {
    for (const block of batch.blocks) {
      if (block.count > 0) planBlock(plan, batch, block);
    }
  }
  return plan;
}

function planBlock(plan: Map<string, PlannedSeries>, batch: StoredBatch, block: Block): void {
  const { site, origin, seqIsTime } = batch;
  const { sensor } = block;
  const id = seriesId(site, origin, sensor);
  const series: PlannedSeries = plan.get(id) ?? { id, site, sensor, origin, seqIsTime, readings: new Map() };
  plan.set(id, series);
  const writer = documentWriter(batch, block, id);
  for (let index = 0; index < block.count; index++) {
    const seq = block.seqs[index]!;
    const revision = block.revisions[index]!;
    const known = series.readings.get(seq);
    const source = { batch, block, index, writer };
    if (known === undefined) {
      const fate = { leaves: [], outcome: undefined };
      series.readings.set(seq, { series, seq, source, revision, passedOver: [], copies: 1, ...fate });
      continue;
    }
    known.copies++;
    if (revision <= known.revision) continue;
    known.passedOver.push(known.source);
    known.source = source;
    known.revision = revision;
  }
}

/** The time of a planned reading. */
export function measuredAtOf({ source: { block, index } }: PlannedReading): number {
  return block.measuredAt[index]!;
}
