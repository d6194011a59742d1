// Boreholes whose only fault is that the instrument says 0, as a failing one does.

import { groundwaterProperties } from '../../sim/src/borehole/profile.ts';
import { createRandom, type Random } from '../../sim/src/random.ts';
import { generatedSeries, stepsOf } from './generated-series.ts';
import { groundwaterReadings } from './groundwater-readings.ts';
import { dropout } from './parameters.ts';
import { startsOf } from './schedule.ts';
import type { Label, Series } from './series.ts';

/** Zeros in one property, in those of the chemical probe, or in all; the sensor's type is known. */
export function dropoutSeries(seed: number): Series {
  const twin = generatedSeries(seed);
  const random = createRandom(`${seed}/detect/dropout`);
  const steps = stepsOf(seed, 0);
  const labels = startsOf(random, dropout, steps.length).map((first, k): Label => {
    const hours = dropout.hours[k % dropout.hours.length]!;
    const span = { from: steps[first]!.measuredAt, to: steps[first + hours - 1]!.measuredAt };
    return { ...span, kind: 'fault', what: `zero for ${hours} h`, properties: struck(random) };
  });
  return {
    ...groundwaterReadings(
      steps.map(({ measuredAt, clean }) => ({
        time: measuredAt,
        values: groundwaterProperties.map((property) => {
          const isZero = labels.some(
            ({ from, to, properties }) =>
              measuredAt >= from && measuredAt <= to && properties!.includes(property),
          );
          return isZero ? 0 : clean[property];
        }),
      })),
    ),
    id: `dropout-${seed}`,
    title: `Generated borehole ${seed} with zeros`,
    group: 'dropout',
    labels,
    twin,
    ...(twin.hard && { hard: twin.hard }),
    parts: twin.parts,
  };
}

/** The same columns one by one, as from a file: no type says that 0 cannot be. */
export function untypedDropoutSeries(seed: number): Series[] {
  const typed = dropoutSeries(seed);
  return typed.properties.map(({ name }, p): Series => {
    const bare = ({ times, values, interval, hard, parts }: Series) => ({
      properties: [{ name: 'value', title: 'value', unit: '' }],
      interval,
      times,
      values: [values[p]!],
      parts,
      ...(hard && { hard }),
    });
    const title = `Generated borehole ${seed}, ${name}, with zeros, no type`;
    const labels = typed.labels
      .filter(({ properties }) => properties!.includes(name))
      .map(({ properties: _, ...label }) => label);
    const id = `untyped-dropout-${seed}-${name}`;
    const twin: Series = {
      ...bare(typed.twin!),
      id: `${id}-twin`,
      title,
      group: 'generated-clean',
      labels: [],
    };
    return { ...bare(typed), id, title, group: 'untyped-dropout', labels, twin };
  });
}

function struck(random: Random): string[] {
  switch (random.between(0, 2)) {
    case 0:
      return ['sec', 'ph', 'total_dissolved_gas'];
    case 1:
      return [...groundwaterProperties];
    default:
      return [groundwaterProperties[random.between(0, groundwaterProperties.length - 1)]!];
  }
}
