// Faults that only hindsight tells, in boreholes whose truth is known and in real ones.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createQuality, parseSensorType, type Value } from '@wellhead/protocol';
import { expect, it } from 'vitest';
import { faultSourcesOf } from '../../cloud/src/analysis/fault/fault-sources.ts';
import type { FaultSpan } from '../../cloud/src/analysis/fault/fault-window.ts';
import { findFaults } from '../../cloud/src/analysis/fault/find-faults.ts';
import { type BoreholeReading, createBorehole } from '../../sim/src/borehole/borehole.ts';
import { groundwaterProperties } from '../../sim/src/borehole/profile.ts';
import { repository } from '../harness/program.ts';

const file = 'groundwater.yaml';
const type = parseSensorType(readFileSync(join(repository, 'protocol/sensor-types', file), 'utf8'), file);
const bgs = join(repository, '../shared/data/bgs');
const hour = 3_600_000;

/** Flags the readings as a gateway does, and looks at all of them at once. */
function faultsIn(readings: readonly { readonly at: number; readonly row: readonly Value[] }[]): FaultSpan[] {
  const quality = createQuality({ type });
  const said = readings.map(({ at, row }) => quality.assess(at, at, row));
  const { properties, context } = faultSourcesOf('b1', type, undefined);
  const column = (p: number) =>
    Float64Array.from(readings, ({ row }) => (typeof row[p] === 'number' ? row[p] : Number.NaN));
  const window = {
    properties,
    interval: type.interval,
    times: Float64Array.from(readings, ({ at }) => at),
    values: properties.map((_, p) => column(p)),
    flags: properties.map((_, p) => Uint8Array.from(said, ({ flags }) => flags[p]!)),
    causes: properties.map((_, p) => Uint8Array.from(said, ({ causes }) => causes[p]!)),
  };
  return findFaults(window, context);
}

function yearOf(seed: number, faultsPerMonth: number): BoreholeReading[] {
  const borehole = createBorehole({ seed, startAt: Date.UTC(2025, 0, 1), faultsPerMonth });
  return Array.from({ length: 8_760 }, (_, i) => borehole.at(i)).filter(
    ({ truth }) => truth.row === undefined,
  );
}

const faultsOfYear = (year: readonly BoreholeReading[]) =>
  faultsIn(
    year.map(({ measuredAt, values }) => ({
      at: measuredAt,
      row: groundwaterProperties.map((name) => values[name]),
    })),
  );

const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

it('finds nothing in ten years of boreholes without a fault', () => {
  expect(seeds.flatMap((seed) => faultsOfYear(yearOf(seed, 0)))).toEqual([]);
});

it('finds nine of ten moves of the sensor that were put back, and one of ten it tells of at most is none', () => {
  let [moves, found, told, wrong] = [0, 0, 0, 0];
  for (const seed of seeds) {
    const year = yearOf(seed, 4);
    const spans = faultsOfYear(year).filter(({ cause }) => cause === 'sensor-moved');
    const labels = groundwaterProperties.flatMap((property) => {
      const at = year.filter(({ truth }) => truth[property] === 'offset').map(({ measuredAt }) => measuredAt);
      return runsOf(at).map(([from, to]) => ({ property, from, to }));
    });
    const meets = (span: FaultSpan, label: (typeof labels)[number]) =>
      span.property === label.property && span.start <= label.to && span.end >= label.from;
    told += spans.length;
    wrong += spans.filter((span) => !labels.some((label) => meets(span, label))).length;
    // One that goes on at the end of the year was not put back.
    const over = labels.filter(({ to }) => to < year.at(-1)!.measuredAt - 4 * hour);
    moves += over.length;
    found += over.filter((label) => spans.some((span) => meets(span, label))).length;
  }
  expect(moves).toBeGreaterThan(40);
  expect(found / moves).toBeGreaterThanOrEqual(0.9);
  expect(wrong / told).toBeLessThanOrEqual(0.1);
});

/** Times without a hole of more than a day, as first and last. */
function runsOf(times: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const time of times) {
    const last = runs.at(-1);
    if (last !== undefined && time - last[1] <= 24 * hour) last[1] = time;
    else runs.push([time, time]);
  }
  return runs;
}

it.skipIf(!existsSync(bgs))(
  'tells of two visits in eight months of real boreholes (skipped where they are not there)',
  () => {
    const told = ['emb2', 'emb3'].flatMap((borehole) =>
      faultsIn(
        readdirSync(join(bgs, borehole))
          .sort()
          .flatMap((name) => readFileSync(join(bgs, borehole, name), 'latin1').split('\r\n'))
          .filter((line) => line !== '')
          .map((line) => {
            const [date, time, ...cells] = line.split(',');
            return {
              at: Date.parse(`${date}T${time}Z`),
              row: cells.map((cell) => (cell === '(na)' ? cell : Number(cell))),
            };
          })
          .filter(({ at }, i, all) => i === 0 || at > all[i - 1]!.at),
      ).map(
        ({ property, cause, start }) =>
          `${borehole} ${property} ${cause} ${new Date(start).toISOString().slice(0, 13)}`,
      ),
    );
    // The probes had failed before each, and were set right.
    expect(told).toEqual([
      'emb2 total_dissolved_gas calibration 2017-02-10T10',
      'emb3 ph calibration 2017-02-08T17',
    ]);
  },
);
