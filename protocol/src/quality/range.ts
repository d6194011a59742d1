// The range that a value may lie in.

/** A range whose bounds are inside. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** The range of the settings; without one nothing is outside. */
export function rangeOf(written: readonly [number, number] | undefined): Range {
  return written
    ? { low: written[0], high: written[1] }
    : { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
}

/** QARTOD gross range: whether a value lies beyond the bounds. */
export function isOutside(range: Range, value: number): boolean {
  return value < range.low || value > range.high;
}
