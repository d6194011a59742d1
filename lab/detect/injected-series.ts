// Boreholes without faults, in which something happens that people want to know.
import {
  decimals,
  defaultProfile,
  type GroundwaterProperty,
  groundwaterProperties,
  round,
} from '../../sim/src/borehole/profile.ts';
import { createRandom } from '../../sim/src/random.ts';
import { partsOfSeed, rechargeOf, stepsOf } from './generated-series.ts';
import { groundwaterReadings } from './groundwater-readings.ts';
import { injected } from './parameters.ts';
import { type ProcessEvent, processKinds } from './process-event.ts';
import { startsOf } from './schedule.ts';
import type { Label, Series } from './series.ts';

/** Every kind in turn; the instrument rounds what is left of it. */
export function injectedSeries(seed: number): Series {
  const steps = stepsOf(seed, 0);
  const random = createRandom(`${seed}/detect/process`);
  const events = startsOf(random, injected, steps.length).map((first, k) => ({
    first,
    event: processKinds[(k + seed) % processKinds.length]!(random, defaultProfile.mean),
  }));
  const valueAt = (i: number, property: GroundwaterProperty) => {
    let value = steps[i]!.clean[property];
    for (const { first, event } of events)
      if (event.property === property) value += addedAt(event, i - first);
    return round(value, decimals[property]);
  };
  return {
    ...groundwaterReadings(
      steps.map(({ measuredAt }, i) => ({
        time: measuredAt,
        values: groundwaterProperties.map((property) => valueAt(i, property)),
      })),
    ),
    id: `injected-${seed}`,
    title: `Generated borehole ${seed} with process events`,
    group: 'injected',
    labels: events.flatMap(({ first, event }): Label[] => {
      const last = first + event.hours - 1;
      if (last >= steps.length) return [];
      const span = { from: steps[first]!.measuredAt, to: steps[last]!.measuredAt };
      return [{ ...span, kind: 'process', what: event.what, properties: [event.property] }];
    }),
    hard: rechargeOf(steps),
    parts: partsOfSeed(seed),
  };
}

function addedAt(event: ProcessEvent, hour: number): number {
  // A reading at the end of an hour has seen the hour: the first one already moved.
  return hour >= 0 && hour < event.hours ? event.adds(hour + 1) : 0;
}
