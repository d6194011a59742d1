/** A series of numbers; anything not finite is missing, as ioos_qc masks it. */
export type Series = ArrayLike<number>;

/** Two bounds in either order. */
export type Span = readonly [number, number];

export function isAbsent(value: number): boolean {
  return !Number.isFinite(value);
}

/** The bounds of a span, the lower one first. */
export function ordered([a, b]: Span): Span {
  return a <= b ? [a, b] : [b, a];
}

export function isWithin(value: number, [low, high]: Span): boolean {
  return value >= low && value <= high;
}

/** The middle step between times in milliseconds, in whole seconds: ioos_qc cuts off the rest. NaN for one time. */
export function medianStepSeconds(times: Series): number {
  const steps = new Float64Array(Math.max(times.length - 1, 0));
  for (let i = 0; i < steps.length; i++) steps[i] = times[i + 1]! - times[i]!;
  steps.sort();
  const middle = steps.length >> 1;
  const median = steps.length % 2 === 1 ? steps[middle]! : (steps[middle - 1]! + steps[middle]!) / 2;
  return Math.trunc(median / 1000);
}

/** @throws RangeError if times and values are not of one length */
export function assertSameLength(values: Series, times: Series): void {
  if (values.length !== times.length) {
    throw new RangeError(`${values.length} values need as many times, not ${times.length}`);
  }
}
