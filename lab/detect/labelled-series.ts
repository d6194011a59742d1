// The labelled files beside the checkout, as a user would give them: no sensor type, no flags.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { repository } from '../../test/harness/program.ts';
import { training } from './parameters.ts';
import { runsOf, type Series } from './series.ts';

export const sharedData = join(repository, '../shared/data');

const files = [
  { id: 'lro-temp', title: 'LRO temperature', file: 'lro-mainstreet-2019-temp.csv' },
  { id: 'lro-cond', title: 'LRO conductivity', file: 'lro-mainstreet-2019-cond.csv' },
  { id: 'lro-ph', title: 'LRO pH', file: 'lro-mainstreet-2019-ph.csv' },
  { id: 'sandy-level', title: 'Sandy Creek level', file: 'oddwater-sandy-level.csv' },
  { id: 'sandy-cond', title: 'Sandy Creek conductivity', file: 'oddwater-sandy-cond.csv' },
  { id: 'gecco', title: 'GECCO 2018, nine channels', file: 'gecco-2018-train.csv.gz' },
] as const;

export const labelledSeries = files.map(({ id, title, file }) => ({
  id,
  load(): readonly Series[] {
    const path = join(sharedData, 'labelled', file);
    if (!existsSync(path)) return [];
    const bytes = readFileSync(path);
    return [readLabelled((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString(), { id, title })];
  },
}));

/** Reads `time,<properties…>,label[,kind]`; what is no number is missing. */
export function readLabelled(text: string, { id, title }: { id: string; title: string }): Series {
  const [header, ...lines] = text.trim().split(/\r?\n/);
  const columns = header!.split(',');
  const label = columns.indexOf('label');
  const kind = columns.indexOf('kind');
  const cells = lines.map((line) => line.split(','));
  const times = Float64Array.from(cells, (row) => Date.parse(row[0]!));
  const names = columns.slice(1, label);
  const labels = runsOf(times, (i) => cells[i]![label] === '1').map((span) => ({
    ...span,
    kind: 'unknown' as const,
    what: (kind < 0 ? undefined : cells[times.indexOf(span.from)]![kind]) || 'label',
  }));
  return {
    id,
    title,
    group: 'labelled',
    properties: names.map((name) => ({ name, title: name, unit: '' })),
    interval: medianStep(times),
    times,
    values: names.map((_, p) =>
      Float64Array.from(cells, (row) => (row[p + 1] === '' ? Number.NaN : Number(row[p + 1]))),
    ),
    labels,
    parts: partsOf(id, times),
  };
}

function partsOf(id: string, times: Float64Array): Series['parts'] {
  const first = times[0]!;
  if (id === 'gecco') {
    const middle = first + training.geccoShare * (times.at(-1)! - first);
    return [
      { part: 'training', from: first },
      { part: 'held-out', from: middle },
    ];
  }
  const isTraining = (training.series as readonly string[]).includes(id);
  return [{ part: isTraining ? 'training' : 'held-out', from: first }];
}

function medianStep(times: Float64Array): number {
  return times
    .slice(1)
    .map((time, i) => time - times[i]!)
    .sort()[(times.length - 1) >> 1]!;
}
