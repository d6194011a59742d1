// A value that changed faster than the water can.

import { type Flag, flags } from '../reading/flag.ts';
import { hourMs } from '../time-units.ts';
import { flagAbove, type Limits } from './limits.ts';

/** A value that others are compared with, and when it was measured. */
export interface Reference {
  value: number;
  at: number;
}

export function noReference(): Reference {
  return { value: Number.NaN, at: Number.NEGATIVE_INFINITY };
}

export function setReference(reference: Reference, value: number, at: number): void {
  reference.value = value;
  reference.at = at;
}

/** Whether a reference is earlier than `at` and not across a gap from it. */
export function isInReach(reference: Reference, at: number, gapMs: number): boolean {
  return at > reference.at && at - reference.at <= gapMs;
}

/**
 * Rate of change in the unit of the property per hour. A value is blamed when it can be reached at a plausible
 * rate from neither the last good value nor the one just before it: so the return from a spike is good, and
 * only the first reading of a step is blamed. Across a gap nothing is judged.
 */
export function judgeRate(
  limits: Limits,
  lastGood: Reference,
  previous: Reference,
  gapMs: number,
  value: number,
  at: number,
): Flag {
  if (!isInReach(previous, at, gapMs)) return flags.good;
  let rate = rateBetween(previous, value, at);
  if (isInReach(lastGood, at, gapMs)) {
    const fromGood = rateBetween(lastGood, value, at);
    if (fromGood < rate) rate = fromGood;
  }
  return flagAbove(limits, rate);
}

function rateBetween(reference: Reference, value: number, at: number): number {
  return (Math.abs(value - reference.value) / (at - reference.at)) * hourMs;
}
