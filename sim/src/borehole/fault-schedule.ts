// Which faults strike a simulated borehole and when, drawn from its seed.
import { createRandom, type Random } from '../random.ts';
import { type Fault, type FaultKind, faultKinds } from './fault.ts';
import { type GroundwaterProperty, groundwaterProperties } from './profile.ts';

/** The channels of the chemical probe fail together: they share a cable. */
const probe: readonly GroundwaterProperty[] = ['sec', 'ph', 'total_dissolved_gas'];

/** Shortest and longest time of a fault, in steps. */
const lengths: Readonly<Record<FaultKind, readonly [number, number]>> = {
  dropout: [1, 48],
  missing: [1, 12],
  overflow: [1, 1],
  spike: [1, 1],
  stuck: [24, 96],
  drift: [72, 240],
  offset: [24, 120],
  'out-of-water': [3, 10],
  gap: [1, 30],
};

/** The faults of an endless series, month by month, without ever holding more than one month. */
export interface FaultSchedule {
  /** The faults of the month that the step is in, in the order they begin. None reaches into the next. */
  at(index: number): readonly Fault[];
}

export interface FaultScheduleOptions {
  readonly seed: number | string;
  /** Mean number of faults in a month; 0 for none. */
  readonly perMonth: number;
  /** Steps in a month: 720 for hourly readings. */
  readonly stepsPerMonth: number;
}

/** Draws faults from the seed and the number of the month alone, so that any step can be asked first. */
export function scheduleFaults(options: FaultScheduleOptions): FaultSchedule {
  let month = -1;
  let faults: readonly Fault[] = [];
  return {
    at: (index) => {
      const wanted = Math.floor(index / options.stepsPerMonth);
      if (wanted !== month) {
        month = wanted;
        faults = options.perMonth > 0 ? drawMonth(options, month) : [];
      }
      return faults;
    },
  };
}

function drawMonth(options: FaultScheduleOptions, month: number): readonly Fault[] {
  const random = createRandom(`${options.seed}/faults/${month}`);
  const first = month * options.stepsPerMonth;
  const faults: Fault[] = [];
  for (let waited = random.exponential(); waited < options.perMonth; waited += random.exponential()) {
    const from = first + Math.floor((waited / options.perMonth) * options.stepsPerMonth);
    faults.push(drawFault(random, from, first + options.stepsPerMonth - from));
  }
  return faults;
}

function drawFault(random: Random, from: number, room: number): Fault {
  const kind = faultKinds[random.between(0, faultKinds.length - 1)]!;
  const steps = Math.min(room, random.between(...lengths[kind]));
  const one = groundwaterProperties[random.between(0, groundwaterProperties.length - 1)]!;
  switch (kind) {
    case 'gap':
    case 'out-of-water':
      return { kind, from, steps };
    case 'dropout':
    case 'overflow':
      return { kind, from, steps, properties: probe };
    default:
      return { kind, from, steps, properties: [one] };
  }
}
