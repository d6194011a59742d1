// Boreholes that never were, with the truth beside every reading.
import { type BoreholeReading, createBorehole } from '../../sim/src/borehole/borehole.ts';
import { type BoreholeProfile, groundwaterProperties } from '../../sim/src/borehole/profile.ts';
import { createRandom } from '../../sim/src/random.ts';
import { groundwaterReadings } from './groundwater-readings.ts';
import { generated, training } from './parameters.ts';
import { type Label, runsOf, type Series } from './series.ts';

const made = new Map<number, Series>();

/** The borehole of a seed; asked twice it is the same object, so that nothing is computed twice. */
export function generatedSeries(seed: number): Series {
  const series = made.get(seed) ?? make(seed);
  made.set(seed, series);
  return series;
}

/** All steps of a seed's borehole in order, also those lost in gaps. */
export function stepsOf(seed: number, faultsPerMonth: number): BoreholeReading[] {
  const { startAt, interval, steps } = generated;
  const profile = profileOf(seed);
  const borehole = createBorehole({ seed, startAt, intervalMs: interval, profile, faultsPerMonth });
  return Array.from({ length: steps }, (_, index) => borehole.at(index));
}

export function seedsOf({ first, count }: { readonly first: number; readonly count: number }): number[] {
  return Array.from({ length: count }, (_, i) => first + i);
}

/** The whole series of a seed is training or held out. */
export function partsOfSeed(seed: number): Series['parts'] {
  const part = training.isTrainingSeed(seed) ? 'training' : 'held-out';
  return [{ part, from: generated.startAt }];
}

export function rechargeOf(steps: readonly BoreholeReading[]): Series['hard'] & object {
  const times = steps.map(({ measuredAt }) => measuredAt);
  return runsOf(times, (i) => steps[i]!.truth.process === 'recharge');
}

function make(seed: number): Series {
  const isFaulty = generated.isFaulty(seed);
  const all = stepsOf(seed, isFaulty ? generated.faultsPerMonth : 0);
  const steps = all.filter(({ truth }) => truth.row === undefined);
  return {
    ...groundwaterReadings(
      steps.map(({ measuredAt, values }) => ({
        time: measuredAt,
        values: groundwaterProperties.map((property) => values[property]),
      })),
    ),
    id: `generated-${seed}`,
    title: `Generated borehole ${seed}`,
    group: isFaulty ? 'generated-faulty' : 'generated-clean',
    labels: faultsOf(steps),
    hard: rechargeOf(steps),
    parts: partsOfSeed(seed),
  };
}

/** Faults as labels; properties that the same fault struck at the same time are one. */
function faultsOf(steps: readonly BoreholeReading[]): Label[] {
  const times = steps.map(({ measuredAt }) => measuredAt);
  const labels = new Map<string, Label & { properties: string[] }>();
  for (const property of groundwaterProperties) {
    const kinds = new Set(steps.map(({ truth }) => truth[property]));
    for (const kind of kinds) {
      if (kind === undefined) continue;
      for (const span of runsOf(times, (i) => steps[i]!.truth[property] === kind)) {
        const key = `${kind}/${span.from}/${span.to}`;
        const same = labels.get(key);
        if (same === undefined)
          labels.set(key, { ...span, kind: 'fault', what: kind, properties: [property] });
        else same.properties.push(property);
      }
    }
  }
  return [...labels.values()].sort((a, b) => a.from - b.from);
}

/** No two grounds are alike: what differs from a usual borehole, within what is seen in the field. */
function profileOf(seed: number): Partial<BoreholeProfile> {
  const random = createRandom(`${seed}/detect/profile`);
  const within = (low: number, high: number) => low + random.next() * (high - low);
  return {
    recessionDays: within(15, 40),
    percolationDays: within(1, 4),
    specificYield: within(0.06, 0.16),
    daysBetweenRains: within(3, 6),
    rainMillimetres: within(6, 12),
    barometricEfficiency: within(0.1, 0.7),
    lunarTideMetres: within(0, 0.012),
    solarTideMetres: within(0, 0.008),
    annualTemperature: within(0.1, 0.6),
  };
}
