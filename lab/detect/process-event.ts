// What an aquifer or a neighbour's pump may do: the shape of each event as what it adds to a property.
import type { GroundwaterProperty } from '../../sim/src/borehole/profile.ts';
import type { Random } from '../../sim/src/random.ts';

export interface ProcessEvent {
  readonly what: string;
  readonly property: GroundwaterProperty;
  /** Hours from its beginning to its end. */
  readonly hours: number;
  /** What it adds so many hours after its beginning, in the unit of the property; from 0 up to `hours`. */
  readonly adds: (hour: number) => number;
}

/** One kind of event; each draw differs in size and length. `usual` is the mean of the property. */
export type ProcessKind = (
  random: Random,
  usual: Readonly<Record<GroundwaterProperty, number>>,
) => ProcessEvent;

const within = (random: Random, low: number, high: number) => low + random.next() * (high - low);

/** All kinds, in the order they are used. */
export const processKinds: readonly ProcessKind[] = [
  () => ({ what: 'step -0.15 m, 12 h', property: 'water_level', hours: 12, adds: () => -0.15 }),
  () => ({ what: 'step -0.2 m, 1 h', property: 'water_level', hours: 1, adds: () => -0.2 }),
  (random, usual) => {
    const hours = Math.round(within(random, 24, 72));
    const height = within(random, 0.05, 0.2) * usual.sec;
    const rise = hours / 4;
    return {
      what: 'saline pulse',
      property: 'sec',
      hours,
      adds: (hour) =>
        hour <= rise
          ? (height * (1 - Math.exp((-4 * hour) / rise))) / (1 - Math.exp(-4))
          : height * Math.exp((-4 * (hour - rise)) / (hours - rise)),
    };
  },
  (random) => {
    const by = within(random, 0.4, 1.2) * (random.next() < 0.5 ? -1 : 1);
    const hours = Math.round(within(random, 24, 96));
    return { what: 'temperature step', property: 'water_temperature', hours, adds: () => by };
  },
  (random) => {
    const hours = Math.round(within(random, 12, 48));
    const depth = within(random, 0.25, 0.8);
    const pumped = hours / 2;
    return {
      what: 'pumping drawdown',
      property: 'water_level',
      hours,
      adds: (hour) =>
        hour <= pumped ? (-depth * hour) / pumped : -depth * Math.exp((-4 * (hour - pumped)) / pumped),
    };
  },
];
