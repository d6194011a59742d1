// A signal that hardly varies any more, as from a clogged or buried sensor.
import { type Flag, flags } from '../reading/flag.ts';
import type { QualitySettings } from '../sensor-type/schema.ts';

/** The window slides by this part of itself. */
const blocks = 12;

export interface AttenuatedLimits {
  readonly blockMs: number;
  readonly isRange: boolean;
  readonly suspect: number;
  readonly bad: number;
  /** With fewer values in the window nothing is said. */
  readonly fewest: number;
}

/** What is kept of the values of one block of time: their count, mean, sum of squares about it, and bounds. */
interface Block {
  number: number;
  count: number;
  mean: number;
  squares: number;
  low: number;
  high: number;
}

/** The newest blocks, block n at place n modulo their number. */
export type Watched = readonly Block[];

/** The limits of the settings; undefined where the test is off. `intervalMs`: usual time between two readings. */
export function attenuatedLimitsOf(
  written: QualitySettings['attenuated'],
  intervalMs: number,
): AttenuatedLimits | undefined {
  if (written === undefined) return undefined;
  return {
    blockMs: written.window / blocks,
    isRange: written.check === 'range',
    suspect: written.suspect ?? 0,
    bad: written.bad ?? 0,
    fewest: Math.max(3, Math.ceil(written.window / intervalMs / 2)),
  };
}

export function nothingWatched(): Watched {
  return Array.from({ length: blocks }, () => emptyBlock());
}

/**
 * QARTOD attenuated signal (test 10) on arrival: the variation of the values over a window up to this one is below
 * a limit. Memory is constant however many values the window holds, for only sums over twelve parts of it are
 * kept; where a part holds one reading at most, as of hourly readings over 12 h, it is the exact test.
 *
 * A window with less than half of its readings is not judged: variation of few values is small by itself.
 */
export function judgeAttenuated(limits: AttenuatedLimits, watched: Watched, value: number, at: number): Flag {
  const number = Math.floor(at / limits.blockMs);
  take(watched[modulo(number)]!, number, value);
  const all = emptyBlock();
  for (const block of watched) if (block.number > number - blocks && block.count > 0) merge(all, block);
  if (all.count < limits.fewest) return flags.good;
  const variation = limits.isRange ? all.high - all.low : Math.sqrt(all.squares / all.count);
  if (variation < limits.bad) return flags.bad;
  return variation < limits.suspect ? flags.suspect : flags.good;
}

function take(block: Block, number: number, value: number): void {
  if (block.number !== number) Object.assign(block, emptyBlock(), { number });
  merge(block, { number, count: 1, mean: value, squares: 0, low: value, high: value });
}

/** Sums over two groups as one (Chan, Golub & LeVeque 1979): no loss of digits far from 0. */
function merge(into: Block, other: Block): void {
  const count = into.count + other.count;
  const apart = other.mean - into.mean;
  into.squares += other.squares + (apart * apart * into.count * other.count) / count;
  into.mean += (apart * other.count) / count;
  into.count = count;
  if (other.low < into.low) into.low = other.low;
  if (other.high > into.high) into.high = other.high;
}

function emptyBlock(): Block {
  return {
    number: Number.NEGATIVE_INFINITY,
    count: 0,
    mean: 0,
    squares: 0,
    low: Number.POSITIVE_INFINITY,
    high: Number.NEGATIVE_INFINITY,
  };
}

/** Times before 1970 have negative numbers. */
function modulo(number: number): number {
  return ((number % blocks) + blocks) % blocks;
}
