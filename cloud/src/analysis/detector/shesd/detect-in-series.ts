// S-H-ESD on a series without times: as its authors' function for vectors.
import type { Anomaly } from '../anomaly.ts';
import { Unsuitable } from '../unsuitable.ts';
import { type Block, blocksOfLength } from './blocks.ts';
import { planShesd, type ShesdOptions, type ShesdPlan } from './options.ts';
import { detectInBlock } from './seasonal-esd.ts';
import { heightOf, maximaOf } from './threshold.ts';

export interface SeriesOptions extends ShesdOptions {
  /** Judge blocks of so many values by themselves; without it the whole series is one. */
  readonly longterm?: number;
  /** Tell only of the last period; the whole series is judged all the same. */
  readonly onlyLast?: boolean;
}

/**
 * Anomalies in time order. Missing values are NaN.
 *
 * @throws Unsuitable if the series and the options do not go together
 */
export function detectInSeries(values: Float64Array, options: SeriesOptions): Anomaly[] {
  const { longterm, onlyLast = false, ...rest } = options;
  const plan = planShesd(values.length, rest);
  if (longterm !== undefined && !(Number.isInteger(longterm) && longterm >= 1))
    throw new Unsuitable('longterm', `a block is a whole number of values: ${longterm}`);
  const anomalies = detectInBlocks(
    values,
    blocksOfLength(values.length, longterm ?? values.length),
    plan,
    (block) =>
      plan.threshold &&
      heightOf(
        plan.threshold,
        maximaOf(block, (i) => Math.floor(i / plan.period)),
      ),
  );
  return onlyLast ? anomalies.filter(({ index }) => index >= values.length - plan.period) : anomalies;
}

/**
 * Judges each block, keeps what reaches the block's height if it has one, and puts everything in time order.
 * Where blocks overlap, what the first said stands.
 */
export function detectInBlocks(
  values: Float64Array,
  blocks: readonly Block[],
  plan: ShesdPlan,
  heightIn: (block: Float64Array) => number | undefined,
): Anomaly[] {
  const found = new Map<number, Anomaly>();
  for (const { from, to } of blocks) {
    const block = values.subarray(from, to);
    const height = heightIn(block) ?? Number.NEGATIVE_INFINITY;
    for (const { index, value, expected } of detectInBlock(block, plan)) {
      if (value >= height && !found.has(from + index))
        found.set(from + index, { index: from + index, value, expected });
    }
  }
  return [...found.values()].sort((a, b) => a.index - b.index);
}
