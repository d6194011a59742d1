// A sensor that drifts away from what people measure by hand between two visits.
import { dayMs, hourMs } from '@wellhead/protocol';
import type { Dip, FaultContext, FaultProperty, FaultSpan, FaultWindow } from './fault-window.ts';
import { type Measured, measuredOf, placeOf } from './measured.ts';
import { change, time } from './say.ts';

/** The reading nearest to a dip may be so far from it. */
const nearest = 3 * hourMs;

/** What the sensor said beside a measurement by hand, minus that; on either side, for the visit may change it. */
export interface DipOffset {
  readonly at: number;
  /** Measured by hand. */
  readonly value: number;
  /** NaN where the sensor gave no value near it. */
  readonly before: number;
  readonly after: number;
}

/**
 * Linear drift of a sensor between two visits: after the first it differed from the measurement by hand by one
 * amount, before the next by another, and their difference is more than the tolerance. Each visit may set the
 * sensor right, so nothing is carried over one. Where it was calibrated in between without a measurement,
 * nothing is said.
 */
export function findDrifts(
  window: FaultWindow,
  { dips = [] }: FaultContext,
  earlier: readonly FaultSpan[],
): FaultSpan[] {
  return window.properties.flatMap((property, p) => {
    const own = dips.filter((dip) => dip.property === property.name).sort((a, b) => a.at - b.at);
    if (property.settings.drift === undefined || own.length < 2) return [];
    const isSet = earlier.filter((span) => span.property === property.name && span.cause === 'calibration');
    const offsets = dipOffsets(measuredOf(window, p, earlier), own, Math.max(nearest, 2 * window.interval));
    return offsets.slice(1).flatMap((to, i): FaultSpan[] => {
      const from = offsets[i]!;
      if (isSet.some(({ start, end }) => start > from.at && end < to.at)) return [];
      const span = driftBetween(from, to, property);
      return span === undefined ? [] : [span];
    });
  });
}

/**
 * The offset of the sensor at each dip.
 * @param dips of one property, in order
 * @param reach how far from the dip a value may be, ms
 */
export function dipOffsets({ times, values }: Measured, dips: readonly Dip[], reach: number): DipOffset[] {
  return dips.map(({ at, value }) => {
    const place = placeOf(times, at);
    const after = place < times.length && times[place]! - at <= reach ? values[place]! - value : Number.NaN;
    const last = times[place] === at ? place : place - 1;
    const before = last >= 0 && at - times[last]! <= reach ? values[last]! - value : Number.NaN;
    return { at, value, before, after };
  });
}

function driftBetween(from: DipOffset, to: DipOffset, property: FaultProperty): FaultSpan | undefined {
  const moved = to.before - from.after;
  // Either may be NaN, and says nothing then.
  if (!(Math.abs(moved) > property.settings.drift! * (1 + 1e-9)) || to.at - from.at < dayMs) return undefined;
  const days = (to.at - from.at) / dayMs;
  const rate = moved / days;
  const { unit } = property;
  const perDay = `${rate < 0 ? '−' : '+'}${Number(Math.abs(rate).toPrecision(2))}${unit === '' ? '' : ` ${unit}`} a day`;
  const text = `${property.title}: drifted by ${perDay}: sensor minus measurement by hand was ${change(from.after, property)} on ${time(from.at)} and ${change(to.before, property)} on ${time(to.at)}`;
  return {
    property: property.name,
    cause: 'drift',
    start: from.at,
    peak: to.at,
    end: to.at,
    value: to.value + to.before,
    expected: to.value + from.after,
    size: rate,
    text,
  };
}
