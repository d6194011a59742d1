import { hourMs } from '@wellhead/protocol';
import { expect, test } from 'vitest';
import { createRandom, type Random } from '../random.ts';
import { createAquifer } from './aquifer.ts';
import { type BoreholeProfile, defaultProfile } from './profile.ts';
import type { Weather } from './weather.ts';

const dry: Weather = { infiltration: 0, pressure: 1013, air: 10 };
/** No noise, so that one effect can be seen at a time. */
const still: Random = { ...createRandom(1), gaussian: () => 0 };
const noTide = { lunarTideMetres: 0, solarTideMetres: 0 };

function run(profile: Partial<BoreholeProfile>, weather: (step: number) => Weather, steps: number) {
  const aquifer = createAquifer(still, { ...defaultProfile, ...profile }, hourMs);
  return Array.from({ length: steps }, (_, step) => aquifer.next(step * hourMs, weather(step)).values);
}

test('without rain the water table recedes exponentially to its base', () => {
  const levels = run(noTide, () => dry, 24 * 200).map((values) => values.water_level);
  const base = levels.at(-1)!;
  const after = (days: number) => levels[days * 24]! - base;
  expect(after(60) / after(35)).toBeCloseTo(Math.exp(-1), 1);
  expect(after(85) / after(60)).toBeCloseTo(Math.exp(-1), 1);
});

test('rain raises the level days later, dilutes the water and brings gas', () => {
  const wet = run(noTide, (step) => (step < 10 ? { ...dry, infiltration: 2 } : dry), 24 * 10);
  const without = run(noTide, () => dry, 24 * 10);
  const rise = wet.map((values, step) => values.water_level - without[step]!.water_level);
  expect(rise[5]!).toBeLessThan(rise[96]! / 3);
  expect(rise[96]!).toBeGreaterThan(0.1);
  expect(wet[96]!.sec).toBeLessThan(without[96]!.sec - 5);
  expect(wet[96]!.ph).toBeLessThan(without[96]!.ph);
  expect(wet[96]!.total_dissolved_gas).toBeGreaterThan(without[96]!.total_dissolved_gas);
});

test('higher air pressure presses the water down by its efficiency', () => {
  const high = run(noTide, () => ({ ...dry, pressure: 1033 }), 1)[0]!.water_level;
  const usual = run(noTide, () => dry, 1)[0]!.water_level;
  expect(high - usual).toBeCloseTo(-0.4 * 20 * 0.0102, 3);
});

test('the moon comes round every 12.42 hours and the sun every 24', () => {
  const flat = run(noTide, () => dry, 400);
  for (const [tide, periodHours] of [
    [{ lunarTideMetres: 0.05, solarTideMetres: 0 }, 12.42],
    [{ lunarTideMetres: 0, solarTideMetres: 0.05 }, 24],
  ] as const) {
    const levels = run(tide, () => dry, 400).map(
      (values, step) => values.water_level - flat[step]!.water_level,
    );
    const crossings = levels.slice(1).filter((level, i) => levels[i]! < 0 && level >= 0).length;
    expect(Math.abs(crossings - 400 / periodHours)).toBeLessThanOrEqual(1);
    expect(Math.max(...levels)).toBeCloseTo(0.05, 2);
  }
});

test('the year moves the temperature by its amplitude', () => {
  const temperatures = run(noTide, () => dry, 366 * 24).map((values) => values.water_temperature);
  const range = Math.max(...temperatures) - Math.min(...temperatures);
  expect(range).toBeGreaterThan(2 * 0.35 - 0.1);
  expect(range).toBeLessThan(2 * 0.35 + 0.1);
});
