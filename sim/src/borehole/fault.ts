// What goes wrong with real sondes, done to simulated readings, with the truth kept beside them.
import type { Random } from '../random.ts';
import {
  decimals,
  type GroundwaterProperty,
  type GroundwaterValues,
  groundwaterProperties,
  round,
} from './profile.ts';
import type { Weather } from './weather.ts';

/** What can be wrong with a reading. All but `gap` leave a row behind. */
export const faultKinds = [
  'dropout',
  'missing',
  'overflow',
  'spike',
  'stuck',
  'drift',
  'offset',
  'out-of-water',
  'gap',
] as const;

export type FaultKind = (typeof faultKinds)[number];

/**
 * One fault, from step `from` for `steps` steps.
 * - `dropout` reads 0, `missing` reads `(na)`, `overflow` reads 99999
 * - `spike` and `offset` add `size`; an offset is a pair of steps: there, and back when it ends
 * - `stuck` repeats the value of its first step; `drift` grows evenly to `size` and is then set right
 * - `out-of-water` hangs the whole sonde in air; `gap` leaves the row out
 *
 * `properties` says which are struck (default: all), `size` is in the unit of the property (default: 6 to
 * 20 times what is usual from hour to hour).
 */
export interface Fault {
  readonly kind: FaultKind;
  readonly from: number;
  readonly steps: number;
  readonly properties?: readonly GroundwaterProperty[];
  readonly size?: number;
}

/** What really happened at a step: the fault that struck each property, where one did. */
export interface Truth extends Partial<Record<GroundwaterProperty, FaultKind>> {
  /** The whole row is not there. */
  readonly row?: 'gap';
  /** Not a fault: what the aquifer itself did. */
  readonly process?: 'recharge';
}

/** What the sonde says: numbers, or the text it has for "no value". */
export type GroundwaterReadout = Record<GroundwaterProperty, number | string>;

/** What faults need to know of their step. */
export interface FaultSurroundings {
  readonly index: number;
  readonly clean: Readonly<GroundwaterValues>;
  readonly weather: Weather;
  readonly sondeLevel: number;
  readonly random: Random;
}

const usualSize: Readonly<GroundwaterValues> = {
  sec: 40,
  ph: 0.5,
  water_level: 0.6,
  water_temperature: 2,
  total_dissolved_gas: 40,
};

/** Does the fault strike at this step? */
function isActive(fault: Fault, index: number): boolean {
  return index >= fault.from && index < fault.from + fault.steps;
}

/** Strikes readings with faults, step after step. It remembers only what stuck properties repeat. */
export function createFaultInjector(): {
  inject(faults: readonly Fault[], around: FaultSurroundings): { values: GroundwaterReadout; truth: Truth };
} {
  const held = new Map<Fault, GroundwaterReadout>();

  return {
    inject: (faults, around) => {
      const values: GroundwaterReadout = { ...around.clean };
      const truth: { -readonly [K in keyof Truth]: Truth[K] } = {};
      for (const fault of held.keys()) if (!isActive(fault, around.index)) held.delete(fault);
      for (const fault of faults) {
        if (!isActive(fault, around.index)) continue;
        if (fault.kind === 'gap') {
          truth.row = 'gap';
          continue;
        }
        if (fault.kind === 'stuck' && !held.has(fault)) held.set(fault, { ...values });
        for (const property of fault.properties ?? groundwaterProperties) {
          values[property] = struck(fault, property, values[property], around, held.get(fault));
          truth[property] = fault.kind;
        }
      }
      return { values, truth };
    },
  };
}

function struck(
  fault: Fault,
  property: GroundwaterProperty,
  value: number | string,
  around: FaultSurroundings,
  held: GroundwaterReadout | undefined,
): number | string {
  const shifted = (by: number) => (typeof value === 'number' ? round(value + by, decimals[property]) : value);
  const size = fault.size ?? usualSize[property];
  switch (fault.kind) {
    case 'dropout':
      return 0;
    case 'missing':
      return '(na)';
    case 'overflow':
      return 99999;
    case 'spike':
    case 'offset':
      return shifted(size);
    case 'drift':
      return shifted((size * (around.index - fault.from + 1)) / fault.steps);
    case 'stuck':
      return held?.[property] ?? value;
    case 'out-of-water':
      return round(readInAir(property, around), decimals[property]);
    case 'gap':
      return value;
  }
}

/** In air there is nothing to conduct, no water above the sonde, and the gas is the atmosphere. */
function readInAir(property: GroundwaterProperty, around: FaultSurroundings): number {
  const noise = around.random.gaussian();
  switch (property) {
    case 'sec':
      return Math.abs(1.5 * noise);
    case 'ph':
      return around.clean.ph + 0.4 + 0.15 * noise;
    case 'water_level':
      return around.sondeLevel + 0.006 * noise;
    case 'water_temperature':
      return around.weather.air + 0.1 * noise;
    case 'total_dissolved_gas':
      return around.weather.pressure + 0.5 * noise;
  }
}
