// The instrument was cleaned, calibrated or hung anew: a step while it was not simply measuring.
import { hourMs } from '@wellhead/protocol';
import { type Disturbance, disturbancesOf } from './disturbances.ts';
import type { FaultContext, FaultSpan, FaultWindow, WorkingHours } from './fault-window.ts';
import { findSteps, type Step } from './find-steps.ts';
import { measuredOf } from './measured.ts';
import { change, time } from './say.ts';

const within = 2 * hourMs;

/**
 * A step within two hours of a time at which the instrument was not simply measuring: out of the water, dropouts,
 * missing values, no readings, or maintenance. The instrument was cleaned, calibrated or hung anew, and the ground
 * did nothing. The span is from the last value before the step to the first one after (as the edge filter and
 * the short persistence of pyhydroqc, Jones et al. 2022, doi:10.1016/j.envsoft.2022.105364).
 */
export function findCalibrations(
  window: FaultWindow,
  context: FaultContext,
  earlier: readonly FaultSpan[],
): FaultSpan[] {
  const disturbances = disturbancesOf(window, context);
  if (disturbances.length === 0) return [];
  return window.properties.flatMap((property, p) => {
    const { step } = property.settings;
    if (step === undefined) return [];
    const measured = measuredOf(window, p, earlier);
    return findSteps(measured, step, window.interval).flatMap((found): FaultSpan[] => {
      const reason = reasonOf(found, disturbances, context.workingHours);
      if (reason === undefined) return [];
      const { before: start, after: end, size } = found;
      const text = `${property.title}: ${change(size, property)} between ${time(start)} and ${time(end)}, when the sensor ${reason.what}`;
      const value = measured.values[found.place]!;
      const span = { property: property.name, cause: 'calibration' as const, start, peak: end, end };
      return [{ ...span, value, expected: value - size, size, text }];
    });
  });
}

function reasonOf(
  { before, after }: Step,
  disturbances: readonly Disturbance[],
  workingHours: WorkingHours | undefined,
): Disturbance | undefined {
  const isAtWork = workingHours === undefined || touches(workingHours, before, after);
  const isNear = (at: number) => at <= after + within && at >= before - within;
  return (
    disturbances
      // In the middle of weeks of dropouts nobody is at the instrument: they come and go, and tell when.
      .filter(
        ({ from, to, isCertain }) =>
          isNear(from) || isNear(to) || (isCertain && from <= after && to >= before),
      )
      .filter(({ isCertain }) => isCertain || isAtWork)
      .sort((a, b) => Number(b.isCertain) - Number(a.isCertain))[0]
  );
}

/** Whether any time from one moment to another is a working hour. */
function touches({ days, from, to, offsetMs }: WorkingHours, first: number, last: number): boolean {
  for (let at = first; ; at = Math.min(last, at + hourMs)) {
    const local = new Date(at + offsetMs);
    const hours = local.getUTCHours() + local.getUTCMinutes() / 60;
    if (days.includes(local.getUTCDay()) && hours >= from && hours < to) return true;
    if (at >= last) return false;
  }
}
