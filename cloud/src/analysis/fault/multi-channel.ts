// A property that changes fast while its partner does not: the sensor’s doing, not the water’s.
import { type Flag, flags, hourMs } from '@wellhead/protocol';
import type { FaultSpan, FaultWindow } from './fault-window.ts';
import { measuredOf } from './measured.ts';
import { change, time } from './say.ts';

export interface PartnerLimits {
  /** A change above so many standard deviations of the values before it is fast. */
  readonly deviations: number;
  /** The time before a value over which they are taken, ms; 25 h are two tides. */
  readonly window: number;
  /** Changes of the property up to this are never fast: a quiet sensor has no deviation to speak of. */
  readonly least: number;
  /** The same for the partner. */
  readonly leastOfPartner: number;
}

/** Fewer values say nothing of their scatter. */
const fewest = 3;

/**
 * QARTOD multi-variate test (9): a fast change of a property is suspect (3) where its partner does not change fast
 * at the same time, and good (1) where both do. A value without enough before it, or without its partner, is not
 * evaluated (2); one that is not there is missing (9).
 * @param times milliseconds since 1970, in order; both columns have as many values, NaN where there is none
 */
export function judgePartners(
  times: Float64Array,
  values: Float64Array,
  partner: Float64Array,
  { deviations, window, least, leastOfPartner }: PartnerLimits,
): Flag[] {
  const isFast = changesOf(times, values, { deviations, window, least });
  const isPartnerFast = changesOf(times, partner, { deviations, window, least: leastOfPartner });
  return Array.from(values, (value, i): Flag => {
    if (Number.isNaN(value)) return flags.missing;
    if (isFast[i] === undefined || isPartnerFast[i] === undefined) return flags.notEvaluated;
    return isFast[i] && !isPartnerFast[i] ? flags.suspect : flags.good;
  });
}

/** Whether each value changed fast (QARTOD rate of change, 7); undefined where nobody can say. */
function changesOf(
  times: Float64Array,
  values: Float64Array,
  { deviations, window, least }: Pick<PartnerLimits, 'deviations' | 'window' | 'least'>,
): (boolean | undefined)[] {
  let from = 0;
  return Array.from(values, (value, i) => {
    while (times[from]! < times[i]! - window) from++;
    const before = values.subarray(from, i).filter((one) => !Number.isNaN(one));
    if (Number.isNaN(value) || before.length < fewest) return undefined;
    const mean = before.reduce((sum, one) => sum + one, 0) / before.length;
    const deviation = Math.sqrt(before.reduce((sum, one) => sum + (one - mean) ** 2, 0) / before.length);
    return Math.abs(value - before.at(-1)!) > Math.max(least * (1 + 1e-9), deviations * deviation);
  });
}

/**
 * Spans of readings that changed fast without their partner, where the property has one set. A change up to a
 * `step` of the property is never fast; of the partner, one up to three steps of its instrument.
 */
export function findLoneChanges(window: FaultWindow, earlier: readonly FaultSpan[]): FaultSpan[] {
  const { times, properties } = window;
  return properties.flatMap((property, p) => {
    const { partner, step } = property.settings;
    const q = properties.findIndex(({ name }) => name === partner);
    if (q < 0 || q === p) return [];
    const own = columnOf(window, p, earlier);
    const said = judgePartners(times, own, columnOf(window, q, earlier), {
      deviations: 3,
      window: 25 * hourMs,
      least: step ?? 3 * (property.resolution ?? 0),
      leastOfPartner: 3 * (properties[q]!.resolution ?? 0),
    });
    return said.flatMap((flag, i): FaultSpan[] => {
      if (flag !== flags.suspect) return [];
      let last = i - 1;
      while (Number.isNaN(own[last]!)) last--;
      const size = own[i]! - own[last]!;
      const at = times[i]!;
      const text = `${property.title}: ${change(size, property)} on ${time(at)}, while ${properties[q]!.title} did not change`;
      const span = { property: property.name, cause: 'disagrees-with-partner' as const };
      return [{ ...span, start: at, peak: at, end: at, value: own[i]!, expected: own[last]!, size, text }];
    });
  });
}

/** All times of the window, NaN where a test has failed the value. */
function columnOf(window: FaultWindow, p: number, earlier: readonly FaultSpan[]): Float64Array {
  const column = new Float64Array(window.times.length).fill(Number.NaN);
  const measured = measuredOf(window, p, earlier);
  let k = 0;
  for (let i = 0; i < column.length && k < measured.times.length; i++) {
    if (window.times[i] !== measured.times[k]) continue;
    column[i] = measured.values[k++]!;
  }
  return column;
}
