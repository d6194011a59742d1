// Four months of two real boreholes, beside the checkout. Nobody labelled them; only the loggers' own codes
// for a failed measurement are certain.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { groundwaterReadings, type RawReading } from './groundwater-readings.ts';
import { sharedData } from './labelled-series.ts';
import { type Label, runsOf, type Series } from './series.ts';

const codes: ReadonlySet<number | string> = new Set([0, 99999, '(na)']);

export const bgsSeries = ['emb2', 'emb3'].map((borehole) => ({
  id: `bgs-${borehole}`,
  load(): readonly Series[] {
    const folder = join(sharedData, 'bgs', borehole);
    return existsSync(folder) ? [readBgs(folder, borehole)] : [];
  },
}));

function readBgs(folder: string, borehole: string): Series {
  const raw = readdirSync(folder)
    .sort()
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').trim().split(/\r?\n/))
    .map(readingOf);
  const readings = groundwaterReadings(raw);
  const said = new Map(raw.toReversed().map((reading) => [reading.time, reading.values]));
  const labels = readings.properties.flatMap(({ name }, p) =>
    runsOf(readings.times, (i) => codes.has(said.get(readings.times[i]!)![p] as number | string)).map(
      (span): Label => ({ ...span, kind: 'fault', what: 'code', properties: [name] }),
    ),
  );
  return {
    ...readings,
    id: `bgs-${borehole}`,
    title: `BGS ${borehole.toUpperCase()}`,
    group: 'bgs',
    labels: labels.sort((a, b) => a.from - b.from),
    parts: [{ part: 'held-out', from: readings.times[0]! }],
  };
}

function readingOf(line: string): RawReading {
  const [date, time, ...fields] = line.split(',');
  const values = fields.map((field) => (Number.isNaN(Number(field)) ? field : Number(field)));
  return { time: Date.parse(`${date}T${time}Z`), values };
}
