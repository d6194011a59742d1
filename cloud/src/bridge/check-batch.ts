// Whether a batch of a gateway may be logged, and the receipt it gets then.
import {
  type Address,
  batchProblem,
  decodeBatch,
  decodeBlock,
  isNamedOrigin,
  originOfName,
  type Range,
  type Receipt,
  rangesOf,
  WellheadError,
} from '@wellhead/protocol';
import type { DeadEnd } from '../dead-letter/dead-letters.ts';

export interface CheckedBatch {
  /** None for readings that were JSON once: nobody waits for it. */
  readonly receipt: Receipt | undefined;
  readonly readings: number;
}

/** Every block is read in full here: what gets a receipt must be readable for every consumer of the log. */
export function checkBatch(
  address: Address,
  payload: Uint8Array,
  { wasLogged }: { readonly wasLogged: boolean },
): CheckedBatch | DeadEnd {
  try {
    const batch = decodeBatch(payload);
    if (batch.site !== address.site || batch.gateway !== address.gateway) {
      return {
        reason: 'foreign-address',
        detail: `the batch says it is from ${batch.site}/${batch.gateway}`,
      };
    }
    const isNamed = isNamedOrigin(batch.origin);
    const isOwnName = batch.origin === originOfName(address.site, address.gateway);
    if (isNamed && !(wasLogged && isOwnName)) {
      // Its keys are made here, from JSON readings; taken from outside, they could keep true readings out.
      return { reason: 'bad-batch', detail: `the origin ${batch.origin} is not a journal's` };
    }
    const blocks = batch.blocks.map(decodeBlock);
    const problem = batchProblem({ ...batch, blocks });
    if (problem !== undefined) return { reason: 'bad-batch', detail: problem };
    const ranges: [string, number, number][] = [];
    let readings = 0;
    for (const block of blocks) {
      readings += block.count;
      for (const [from, to] of rangesOf(block.seqs) as Range[]) ranges.push([block.sensor, from, to]);
    }
    return { receipt: isNamed ? undefined : { origin: batch.origin, ranges }, readings };
  } catch (error) {
    if (error instanceof WellheadError)
      return { reason: 'bad-batch', detail: `${error.code}: ${error.message}` };
    throw error;
  }
}
