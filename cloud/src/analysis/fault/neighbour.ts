// A sensor that leaves what the others of its site show of the same property.
import { median, medianAbsoluteDeviation } from '../mathematics/median.ts';
import type { FaultContext, FaultSpan, FaultWindow, Neighbour } from './fault-window.ts';
import { type Measured, measuredOf, placeOf } from './measured.ts';
import { amount, time } from './say.ts';

/** One neighbour alone cannot say which of the two is wrong. */
const fewestNeighbours = 2;
const fewestValues = 48;
/** So many values in a row must be beyond; it goes on while beyond half of the limit. */
const fewestBeyond = 3;
const hysteresis = 0.5;
/** The usual scatter of the difference counts as this share of the sensor's own at least. */
const smallestScatter = 0.1;
/** Since they last agreed, the sensor must have gone so many times as far as its neighbours. */
const farther = 2;

/**
 * A sensor that leaves what the others of its site show of the same property (QARTOD neighbour test, 11): its value
 * minus the median of theirs, each about its own middle and in its own usual scatter, is many times its usual size
 * for three readings or more, and it is the sensor that went. Where all move together, as after rain, nothing is said.
 */
export function findDisagreements(
  window: FaultWindow,
  { neighbours }: FaultContext,
  earlier: readonly FaultSpan[],
): FaultSpan[] {
  return window.properties.flatMap((property, p) => {
    const { neighbours: limit } = property.settings;
    const others = neighbours?.get(property.name) ?? [];
    if (limit === undefined || others.length < fewestNeighbours) return [];
    const measured = measuredOf(window, p, earlier);
    if (measured.times.length < fewestValues) return [];
    const own = normalise(measured.values, property.resolution);
    const theirs = medianOfOthers(measured, others, 1.5 * window.interval, property.resolution);
    const apart = own.values.map((value, i) => value - theirs[i]!);
    const known = apart.filter((value) => !Number.isNaN(value));
    if (known.length < fewestValues) return [];
    const middle = median(known);
    const far = limit * Math.max(medianAbsoluteDeviation(known), smallestScatter);
    return runsBeyond(
      apart.map((value) => Math.abs(value - middle)),
      far,
    )
      .filter(({ first, last }) => hasLeft(own.values, theirs, first, last))
      .map(({ first, last, peak }): FaultSpan => {
        const size = (apart[peak]! - middle) * own.scale;
        const [start, end] = [measured.times[first]!, measured.times[last]!];
        const text = `${property.title}: left the median of ${others.length} other sensors here by up to ${amount(Math.abs(size), property)} (${time(measured.times[peak]!)}), while they stayed`;
        const value = measured.values[peak]!;
        return {
          property: property.name,
          cause: 'disagrees-with-neighbours',
          start,
          peak: measured.times[peak]!,
          end,
          value,
          expected: value - size,
          size,
          text,
        };
      });
  });
}

/** Values about their median in multiples of their scatter, which is one step of the instrument at least. */
function normalise(values: Float64Array, resolution = 0): { values: Float64Array; scale: number } {
  const present = values.filter((value) => !Number.isNaN(value));
  const middle = median(present);
  const scale = Math.max(medianAbsoluteDeviation(present), resolution) || 1;
  return { values: values.map((value) => (value - middle) / scale), scale };
}

/** At each time the median of the others' last values up to it; NaN where too few have one so near. */
function medianOfOthers(
  { times }: Measured,
  others: readonly Neighbour[],
  reach: number,
  resolution: number | undefined,
): Float64Array {
  const normal = others.map(({ values }) => normalise(values, resolution).values);
  return times.map((time) => {
    const near: number[] = [];
    others.forEach((other, k) => {
      const place = placeOf(other.times, time);
      const last = other.times[place] === time ? place : place - 1;
      if (last < 0 || time - other.times[last]! > reach || Number.isNaN(normal[k]![last]!)) return;
      near.push(normal[k]![last]!);
    });
    return near.length < fewestNeighbours ? Number.NaN : median(Float64Array.from(near));
  });
}

function runsBeyond(sizes: Float64Array, far: number): { first: number; last: number; peak: number }[] {
  const runs: { first: number; last: number; peak: number }[] = [];
  for (let i = 0; i < sizes.length; i++) {
    if (!(sizes[i]! > far)) continue;
    let [last, peak, beyond] = [i, i, 0];
    for (let j = i; j < sizes.length && !(sizes[j]! <= hysteresis * far); j++) {
      if (Number.isNaN(sizes[j]!)) continue;
      last = j;
      if (sizes[j]! > far) beyond++;
      if (sizes[j]! > sizes[peak]!) peak = j;
    }
    if (beyond >= fewestBeyond) runs.push({ first: i, last, peak });
    i = last;
  }
  return runs;
}

/** Whether it was the sensor that went, seen from where they last agreed; without such a place, from its middle. */
function hasLeft(own: Float64Array, theirs: Float64Array, first: number, last: number): boolean {
  let before = first - 1;
  while (before >= 0 && Number.isNaN(theirs[before]!)) before--;
  const [ownBefore, theirsBefore] = before < 0 ? [0, 0] : [own[before]!, theirs[before]!];
  let [went, stayed] = [0, 0];
  for (let i = first; i <= last; i++) {
    if (Number.isNaN(theirs[i]!)) continue;
    went = Math.max(went, Math.abs(own[i]! - ownBefore));
    stayed = Math.max(stayed, Math.abs(theirs[i]! - theirsBefore));
  }
  return went >= farther * stayed;
}
