/**
 * Every file in `cases/` is a set of inputs with the flags that ioos_qc gives them; a new file needs no code.
 * Missing numbers are `null`; times are ISO 8601, milliseconds since 1970, or `{ from, stepSeconds, count }`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Flag } from '../../src/reading/flag.ts';
import { type AttenuatedSignalOptions, attenuatedSignalTest } from './attenuated-signal.ts';
import { type ClimatologyWindow, climatologyTest } from './climatology.ts';
import { compareFlags } from './compare.ts';
import { type FlatLineOptions, flatLineTest } from './flat-line.ts';
import { type GrossRangeOptions, grossRangeTest } from './gross-range.ts';
import { type RateOfChangeOptions, rateOfChangeTest } from './rate-of-change.ts';
import { type SpikeOptions, spikeTest } from './spike.ts';
import { type TimeGapOptions, timeGapTest } from './time-gap.ts';

const numbers = z.array(z.number().nullable());
const time = z.union([z.string(), z.number()]).nullable();
const caseSchema = z.strictObject({
  title: z.string(),
  values: numbers.default([]),
  times: z
    .union([z.array(time), z.strictObject({ from: z.string(), stepSeconds: z.number(), count: z.number() })])
    .default([]),
  depths: numbers.default([]),
  flags: z.array(z.array(z.number())).default([]),
  windows: z.array(z.looseObject({ timeSpan: z.tuple([z.unknown(), z.unknown()]) })).default([]),
  options: z.record(z.string(), z.unknown()).default({}),
  expected: z.array(z.number()).optional(),
  error: z.literal(true).optional(),
});
const fileSchema = z.strictObject({
  source: z.string(),
  test: z.string(),
  cases: z.array(caseSchema).min(1),
});

type Case = z.infer<typeof caseSchema>;

const tests: Record<string, (input: Case) => Flag[]> = {
  'gross-range': (input) => grossRangeTest(series(input.values), options<GrossRangeOptions>(input)),
  spike: (input) => spikeTest(series(input.values), options<SpikeOptions>(input)),
  'rate-of-change': (input) =>
    rateOfChangeTest(series(input.values), timesOf(input), options<RateOfChangeOptions>(input)),
  'flat-line': (input) => flatLineTest(series(input.values), timesOf(input), options<FlatLineOptions>(input)),
  'attenuated-signal': (input) =>
    attenuatedSignalTest(series(input.values), timesOf(input), options<AttenuatedSignalOptions>(input)),
  climatology: (input) =>
    climatologyTest(series(input.values), timesOf(input), series(input.depths), windowsOf(input)),
  'time-gap': (input) => timeGapTest(timesOf(input), options<TimeGapOptions>(input)),
  compare: (input) => compareFlags(input.flags as Flag[][]),
};

const folder = new URL('./cases/', import.meta.url);

for (const name of readdirSync(folder).sort()) {
  const file = fileSchema.parse(JSON.parse(readFileSync(new URL(name, folder), 'utf8')));
  describe(`${name}: ${file.source}`, () => {
    it.each(file.cases.map((input) => [input.title, input] as const))('%s', (_, input) => {
      const run = tests[file.test]!;
      if (input.error) expect(() => run(input)).toThrow(RangeError);
      else expect(run(input)).toEqual(input.expected);
    });
  });
}

function series(values: readonly (number | null)[]): number[] {
  return values.map((value) => value ?? Number.NaN);
}

function timesOf({ times }: Case): number[] {
  if (Array.isArray(times)) return times.map((one) => (one === null ? Number.NaN : new Date(one).getTime()));
  return Array.from({ length: times.count }, (_, i) => Date.parse(times.from) + i * times.stepSeconds * 1000);
}

function windowsOf(input: Case): ClimatologyWindow[] {
  return input.windows.map(({ timeSpan, ...rest }) => {
    const span = timeSpan.map((bound) => (typeof bound === 'string' ? Date.parse(bound) : bound));
    return { ...rest, timeSpan: span } as unknown as ClimatologyWindow;
  });
}

/** Options are checked by the flags they lead to, not by a schema. */
function options<T>(input: Case): T {
  return input.options as T;
}
