// The two limits, suspect and bad, that most tests compare with.
import { type Flag, flags } from '../reading/flag.ts';

/** The two limits of a test, ready to compare with; `Infinity` where the settings name none. */
export interface Limits {
  readonly suspect: number;
  readonly bad: number;
}

/**
 * Decimals such as 16.68 - 16.38 come out a hair above 0.3 in binary, so what stands exactly at a limit
 * would be over it. Far below any instrument's resolution, far above the rounding of a double.
 */
const slack = 1 + 1e-9;

/** The limit to compare with for one that a person wrote; none at all is never exceeded. */
export function limitOf(written: number | undefined): number {
  return written === undefined ? Number.POSITIVE_INFINITY : written * slack;
}

export function limitsOf(
  written: { readonly suspect?: number | undefined; readonly bad?: number | undefined } | undefined,
): Limits {
  return { suspect: limitOf(written?.suspect), bad: limitOf(written?.bad) };
}

/** Bad above one limit, suspect above the other, good at or below both (and for NaN). */
export function flagAbove(limits: Limits, amount: number): Flag {
  if (amount > limits.bad) return flags.bad;
  return amount > limits.suspect ? flags.suspect : flags.good;
}
