// What a write has to do, decided from memory before the database is touched.
import { type Block, batchProblem } from '@wellhead/protocol';
import type { StoredBatch } from '../../reading-store.ts';
import { type Classified, classifyKeyed, classifyTimed } from './classify.ts';
import type { RowSource } from './row-chunk.ts';
import { noteStored, type SeriesBuffer } from './sensor-buffer.ts';
import type { WriteBuffer } from './write-buffer.ts';

/** One block of a write, with what is to be done with its readings. */
export interface PlannedBlock extends Classified {
  readonly batch: StoredBatch;
  readonly block: Block;
  readonly series: SeriesBuffer;
  readonly source: RowSource;
}

/**
 * Decides from memory alone which readings of a write are new, and gives numbers to names not seen before.
 * @returns the blocks by name of their type
 * @throws TypeError where a batch is none that a store can hold (see `batchProblem`)
 */
export function planWrite(batches: readonly StoredBatch[], buffer: WriteBuffer): Map<string, PlannedBlock[]> {
  const plan = new Map<string, PlannedBlock[]>();
  for (const batch of batches) {
    const problem = batchProblem(batch);
    if (problem !== undefined) throw new TypeError(`the batch cannot be stored: ${problem}`);
    const origin = buffer.textId(batch.origin);
    const gateway = buffer.textId(batch.gateway);
    const historical = batch.lane === 'historical' ? 1 : 0;
    for (const block of batch.blocks) {
      if (block.count === 0) continue;
      const sensor = buffer.sensorFor(batch.site, block.sensor);
      const { places } = buffer.shapeOf(sensor, block);
      const series = buffer.seriesFor(sensor, batch.origin, origin);
      const classified = batch.seqIsTime ? classifyTimed(block, series) : classifyKeyed(block, series);
      for (const [start, end] of classified.fresh) {
        noteStored(series, batch, block, start, end, end - start);
      }
      const source = {
        sensor: sensor.id,
        origin,
        gateway,
        rules: buffer.textId(block.rules),
        storedAt: batch.storedAt,
        historical,
        places,
      };
      const planned = { batch, block, series, source, ...classified };
      const others = plan.get(block.type);
      if (others === undefined) plan.set(block.type, [planned]);
      else others.push(planned);
    }
  }
  return plan;
}
