// The ground around a simulated borehole: how rain becomes level, conductivity and gas.
import { hourMs } from '@wellhead/protocol';
import type { Random } from '../random.ts';
import type { BoreholeProfile, GroundwaterValues } from './profile.ts';
import { autoregression, type Weather, winterOf } from './weather.ts';

const day = 24 * hourMs;
const metresPerHectopascal = 0.010197;

/** The water around the sonde during one step, before the instrument rounds. */
export interface Water {
  readonly values: GroundwaterValues;
  /** Recharge arrives at the water table faster than usual: the process that detectors may report. */
  readonly recharging: boolean;
}

/**
 * The ground as three stores, each emptying exponentially: soil (rain on its way), water table (height that
 * recedes) and fresh water near the sonde (the chemical mark of recharge). Each call is the next step.
 */
export function createAquifer(
  random: Random,
  profile: BoreholeProfile,
  stepMs: number,
): { next(at: number, weather: Weather): Water } {
  const { mean } = profile;
  const leave = (days: number) => 1 - Math.exp(-stepMs / (days * day));
  const percolate = leave(profile.percolationDays);
  const recede = leave(profile.recessionDays);
  const mix = leave(profile.mixingDays);

  // What the stores hold when rain of the yearly mean has fallen for ever: where they start, and what the
  // mean values belong to.
  const millimetresPerDay = (0.5 * profile.rainMillimetres) / profile.daysBetweenRains;
  const usualFresh = millimetresPerDay * profile.mixingDays;
  const usualHeight = (millimetresPerDay * profile.recessionDays) / 1000 / profile.specificYield;
  let soil = millimetresPerDay * profile.percolationDays;
  let height = usualHeight;
  let fresh = usualFresh;

  const wander = {
    sec: autoregression(random, 5, 0.8, stepMs),
    ph: autoregression(random, 8, 0.008, stepMs),
    gas: autoregression(random, 5, 0.9, stepMs),
  };

  return {
    next: (at, weather) => {
      soil += weather.infiltration;
      const recharge = soil * percolate;
      soil -= recharge;
      height += recharge / 1000 / profile.specificYield - height * recede;
      fresh += recharge - fresh * mix;
      const mark = fresh - usualFresh;
      const tide =
        profile.lunarTideMetres * Math.cos((2 * Math.PI * at) / (12.42 * hourMs)) +
        profile.solarTideMetres * Math.cos((2 * Math.PI * at) / day);
      const barometric = -profile.barometricEfficiency * metresPerHectopascal * (weather.pressure - 1013);
      return {
        values: {
          // Rain water is dilute, and brings carbon dioxide and air from the soil with it.
          sec: mean.sec - 1.2 * mark + wander.sec() + 0.25 * random.gaussian(),
          ph: mean.ph - 0.003 * mark + wander.ph() + 0.002 * random.gaussian(),
          water_level:
            mean.water_level + height - usualHeight + tide + barometric + 0.003 * random.gaussian(),
          // The year's wave arrives months late at depth: warmest in November.
          water_temperature:
            mean.water_temperature +
            profile.annualTemperature * winterOf(at + 60 * day) -
            0.002 * mark +
            0.02 * random.gaussian(),
          total_dissolved_gas:
            mean.total_dissolved_gas +
            0.8 * mark +
            0.1 * (weather.pressure - 1013) +
            wander.gas() +
            0.25 * random.gaussian(),
        },
        recharging: recharge * (day / stepMs) > 2.5 * millimetresPerDay,
      };
    },
  };
}
