import { type Flag, flags } from '../../src/reading/flag.ts';
import { isAbsent, type Series } from './series.ts';

export interface SpikeOptions {
  /** Departure above which a value is suspect (3), in the unit of the values; 0 or none turns it off. */
  readonly suspect?: number;
  /** Departure above which a value is bad (4); 0 or none turns it off. */
  readonly fail?: number;
  /**
   * `average` (the default) measures from the middle of both neighbours, and so blames neighbours of large
   * spikes too; `differential` takes the smaller of both steps, where they go opposite ways.
   */
  readonly method?: 'average' | 'differential';
}

/**
 * QARTOD spike test over a whole series, as `spike_test` of ioos_qc. First, last and neighbours of missing
 * values are not evaluated (2), missing ones are 9.
 * @returns one flag per value
 * @throws RangeError for a method it does not know
 */
export function spikeTest(values: Series, options: SpikeOptions): Flag[] {
  const departure = departures[options.method ?? 'average'];
  if (departure === undefined)
    throw new RangeError(`unknown method "${options.method}": average or differential`);
  const suspect = options.suspect || Number.POSITIVE_INFINITY;
  const fail = options.fail || Number.POSITIVE_INFINITY;
  const last = values.length - 1;
  return Array.from(values, (value, i): Flag => {
    if (isAbsent(value)) return flags.missing;
    if (i === 0 || i === last || isAbsent(values[i - 1]!) || isAbsent(values[i + 1]!))
      return flags.notEvaluated;
    const amount = departure(values[i - 1]!, value, values[i + 1]!);
    if (amount > fail) return flags.bad;
    return amount > suspect ? flags.suspect : flags.good;
  });
}

const departures = { average: fromMiddle, differential: smallerStep } as const;

function fromMiddle(before: number, value: number, after: number): number {
  return Math.abs(value - (before + after) / 2);
}

function smallerStep(before: number, value: number, after: number): number {
  const up = value - before;
  const down = after - value;
  return up * down >= 0 ? 0 : Math.min(Math.abs(up), Math.abs(down));
}
