// A borehole that does not exist, the same for the same seed, for tests and demonstrations.
import { createRandom } from '../random.ts';
import { createAquifer } from './aquifer.ts';
import { createFaultInjector, type Fault, type GroundwaterReadout, type Truth } from './fault.ts';
import { scheduleFaults } from './fault-schedule.ts';
import { type BoreholeProfile, defaultProfile, type GroundwaterValues, quantise } from './profile.ts';
import { createWeather } from './weather.ts';

export interface BoreholeOptions {
  /** The same seed gives the same borehole for ever. */
  readonly seed: number | string;
  /** Time of step 0, in milliseconds since 1970, UTC. */
  readonly startAt: number;
  /** Time between two steps, in milliseconds; an hour unless told. */
  readonly intervalMs?: number;
  /** What differs from a usual borehole. */
  readonly profile?: Partial<BoreholeProfile>;
  /** Faults at known steps. */
  readonly faults?: readonly Fault[];
  /** Besides those, so many faults of all kinds a month at seeded steps; none unless told. */
  readonly faultsPerMonth?: number;
}

/** One step of a simulated borehole. */
export interface BoreholeReading {
  readonly index: number;
  /** Milliseconds since 1970, UTC. */
  readonly measuredAt: number;
  /** What the sonde says, faults and all. */
  readonly values: Readonly<GroundwaterReadout>;
  /** What a sound sonde would have said. */
  readonly clean: Readonly<GroundwaterValues>;
  readonly truth: Truth;
}

export interface Borehole {
  /**
   * The step of that number, 0 and up; rows lost in a gap are given too, with `truth.row`.
   * Going forward costs the same for each step; going back starts again from step 0 (a year of hourly
   * steps is a few milliseconds), so the same number always gives the same reading.
   */
  at(index: number): BoreholeReading;
  /** The readings that arrive, one after the other without end, from step `from` on; gaps are left out. */
  readings(from?: number): Generator<BoreholeReading, never, void>;
}

/**
 * A borehole with a sonde in it: recession and recharge after rain, tides, air pressure, the year's
 * temperature, chemistry that answers recharge, and whatever faults are asked for, with the truth kept.
 * @throws RangeError when the interval is not above 0, or a fault begins before step 0
 */
export function createBorehole(options: BoreholeOptions): Borehole {
  const { startAt, intervalMs = 3_600_000 } = options;
  if (!(intervalMs > 0)) throw new RangeError('intervalMs must be above 0');
  for (const fault of options.faults ?? []) {
    if (!(fault.from >= 0 && fault.steps >= 1))
      throw new RangeError('a fault begins at step 0 or later and lasts 1 step or more');
  }

  let simulation = begin(options, intervalMs);
  let last: BoreholeReading | undefined;

  const at = (index: number): BoreholeReading => {
    if (!Number.isSafeInteger(index) || index < 0)
      throw new RangeError(`step ${index} is not a whole number from 0 on`);
    if (last !== undefined && index < last.index) {
      simulation = begin(options, intervalMs);
      last = undefined;
    }
    let reading = last;
    for (let i = reading === undefined ? 0 : reading.index + 1; i <= index; i++) {
      reading = simulation(i, startAt + i * intervalMs);
    }
    last = reading;
    return reading!;
  };

  return {
    at,
    *readings(from = 0) {
      for (let index = from; ; index++) {
        const reading = at(index);
        if (reading.truth.row === undefined) yield reading;
      }
    },
  };
}

function begin(
  options: BoreholeOptions,
  intervalMs: number,
): (index: number, measuredAt: number) => BoreholeReading {
  const { seed, faults = [], faultsPerMonth = 0 } = options;
  const profile = { ...defaultProfile, ...options.profile };
  // Separate streams: another fault, or another property of the water, leaves the weather as it was.
  const weather = createWeather(createRandom(`${seed}/weather`), profile, intervalMs);
  const aquifer = createAquifer(createRandom(`${seed}/aquifer`), profile, intervalMs);
  const stepsPerMonth = Math.max(1, Math.round((30 * 86_400_000) / intervalMs));
  const schedule = scheduleFaults({ seed, perMonth: faultsPerMonth, stepsPerMonth });
  const injector = createFaultInjector();
  const random = createRandom(`${seed}/sonde`);
  const sondeLevel = profile.mean.water_level - profile.sondeDepthMetres;

  return (index, measuredAt) => {
    const sky = weather.next(measuredAt);
    const water = aquifer.next(measuredAt, sky);
    const clean = quantise(water.values);
    const around = { index, clean, weather: sky, sondeLevel, random };
    const drawn = schedule.at(index);
    const { values, truth } = injector.inject(drawn.length === 0 ? faults : [...faults, ...drawn], around);
    return {
      index,
      measuredAt,
      values,
      clean,
      truth: water.recharging ? { ...truth, process: 'recharge' } : truth,
    };
  };
}
