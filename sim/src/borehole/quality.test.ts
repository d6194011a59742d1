/** The groundwater type on boreholes whose truth is known. */
import { readFileSync } from 'node:fs';
import { causeName, createQuality, parseSensorType, type QualitySettings } from '@wellhead/protocol';
import { expect, it } from 'vitest';
import { createBorehole } from './borehole.ts';
import type { Fault } from './fault.ts';
import { defaultProfile, groundwaterProperties } from './profile.ts';

const type = parseSensorType(
  readFileSync(new URL('../../../protocol/sensor-types/groundwater.yaml', import.meta.url), 'utf8'),
  'groundwater.yaml',
);
const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
const steps = 4_380;

/** Half a year of hours of one borehole: causes of each reading that arrived, beside the truth. */
function judged(
  seed: number,
  options: { faults?: Fault[]; faultsPerMonth?: number; site?: Record<string, QualitySettings> },
) {
  const { site = {}, ...wanted } = options;
  const quality = createQuality({ type, site });
  const borehole = createBorehole({ seed, startAt: Date.UTC(2026, 0, 1), ...wanted });
  return Array.from({ length: steps }, (_, i) => borehole.at(i))
    .filter(({ truth }) => truth.row === undefined)
    .map(({ measuredAt, values, truth }) => {
      const row = groundwaterProperties.map((property) => values[property]);
      return { truth, causes: quality.assess(measuredAt, measuredAt, row).causes.map(causeName) };
    });
}

/** Out of the water every nine days, for three to ten hours. */
const lifts = Array.from(
  { length: 19 },
  (_, n): Fault => ({ kind: 'out-of-water', from: 100 + 216 * n, steps: 3 + (n % 8) }),
);
const hung: Record<string, QualitySettings> = {
  water_level: {
    outOfWater: {
      elevation: defaultProfile.mean.water_level - defaultProfile.sondeDepthMetres,
      margin: 0.05,
    },
  },
};

it.each([
  ['by conductivity alone', {}],
  ['by the level too, where the elevation of the sonde is given', hung],
])('finds the hours out of the water %s, 95 of 100 at least', (_, site) => {
  const all = seeds.flatMap((seed) => judged(seed, { faults: lifts, site }));
  const inAir = all.filter(({ truth }) => truth.sec === 'out-of-water');
  const found = inAir.filter(({ causes }) => causes.every((cause) => cause === 'out-of-water'));
  expect(inAir.length).toBeGreaterThan(800);
  expect(found.length / inAir.length).toBeGreaterThanOrEqual(0.95);
  const wrong = all.filter(({ truth, causes }) => truth.sec === undefined && causes.includes('out-of-water'));
  expect(wrong).toHaveLength(0);
});

it('finds none where all goes well', () => {
  for (const site of [{}, hung]) {
    const said = seeds.flatMap((seed) => judged(seed, { site })).flatMap(({ causes }) => causes);
    expect(said.filter((cause) => cause === 'out-of-water' || cause === 'logger-dropout')).toHaveLength(0);
  }
});

it('finds no other fault to be out of the water, and the zeros of the probe to be the logger’s', () => {
  const all = seeds.flatMap((seed) => judged(seed, { faultsPerMonth: 12 }));
  const wrong = all.filter(
    ({ truth, causes }) => causes.includes('out-of-water') && !Object.values(truth).includes('out-of-water'),
  );
  expect(wrong).toHaveLength(0);
  const zeros = all.filter(({ truth }) => truth.sec === 'dropout' && truth.ph === 'dropout');
  expect(zeros.length).toBeGreaterThan(100);
  expect(zeros.every(({ causes }) => causes[0] === 'logger-dropout' && causes[1] === 'logger-dropout')).toBe(
    true,
  );
});
