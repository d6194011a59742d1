// Rain, air pressure and warmth over a simulated borehole.
import { dayMs } from '@wellhead/protocol';
import type { Random } from '../random.ts';
import type { BoreholeProfile } from './profile.ts';

const year = 365.2425 * dayMs;

/** The weather over the borehole during one step. */
export interface Weather {
  /** Rain that fell in the step and reached below the roots, mm. */
  readonly infiltration: number;
  /** Air pressure, hPa. */
  readonly pressure: number;
  /** Air temperature, °C. */
  readonly air: number;
}

/** +1 in the middle of January, -1 in the middle of July. `at` in milliseconds since 1970. */
export function winterOf(at: number): number {
  return Math.cos(2 * Math.PI * (at / year - 0.04));
}

/** Weather that goes on step by step; each call is the next step of `stepMs`. */
export function createWeather(
  random: Random,
  profile: BoreholeProfile,
  stepMs: number,
): { next(at: number): Weather } {
  const front = autoregression(random, 36 / 24, 10, stepMs);
  const warmth = autoregression(random, 3, 2.5, stepMs);
  // Pressure follows the fronts with a lag, so that it glides and does not jump from hour to hour.
  const follow = 1 - Math.exp(-stepMs / (dayMs / 3));
  let offset = 0;
  let stepsOfRain = 0;
  let rainPerStep = 0;

  return {
    next: (at) => {
      offset += (front() - offset) * follow;
      if (stepsOfRain > 0) stepsOfRain--;
      else if (random.next() < 1 - Math.exp(-stepMs / (profile.daysBetweenRains * dayMs))) {
        stepsOfRain = Math.max(1, Math.round((random.between(3, 30) * dayMs) / 24 / stepMs));
        rainPerStep = (random.exponential() * profile.rainMillimetres) / stepsOfRain;
      }
      const winter = winterOf(at);
      return {
        // In summer plants and sun take nearly all of it.
        infiltration: stepsOfRain > 0 ? rainPerStep * (0.5 + 0.42 * winter) : 0,
        pressure: 1013 + offset,
        air: 10 - 6.5 * winter + 3 * Math.sin(2 * Math.PI * (at / dayMs - 0.375)) + warmth(),
      };
    },
  };
}

/** A value that wanders around 0 with the given memory and standard deviation; each call is one step. */
export function autoregression(
  random: Random,
  memoryDays: number,
  deviation: number,
  stepMs: number,
): () => number {
  const keep = Math.exp(-stepMs / (memoryDays * dayMs));
  const push = deviation * Math.sqrt(1 - keep * keep);
  let value = deviation * random.gaussian();
  return () => {
    const now = value;
    value = value * keep + push * random.gaussian();
    return now;
  };
}
