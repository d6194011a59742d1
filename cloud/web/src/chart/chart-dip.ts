// What was measured by hand beside one property: rings in its chart, and words under it.
import type { SensorAnswer } from '../../../src/api/answer/answers.ts';

export interface ChartDip {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly value: number;
}

/** Those in the range, in order of time. */
export function chartDips(
  { dips = [] }: Pick<SensorAnswer, 'dips'>,
  property: string,
  { from, to }: { readonly from: number; readonly to: number },
): readonly ChartDip[] {
  return dips
    .filter((dip) => dip.property === property)
    .map(({ at, value }) => ({ time: Date.parse(at), value }))
    .filter(({ time }) => time >= from && time < to);
}
