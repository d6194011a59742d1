// The published implementation of S-H-ESD, case by case.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { detectInSeries, type SeriesOptions } from './detect-in-series.ts';
import { detectInTime } from './detect-in-time.ts';

const folder = new URL('../../../../../../shared/golden/shesd/', import.meta.url);
const isThere = existsSync(folder);

interface Case {
  readonly name: string;
  readonly series: string;
  readonly period: number;
  readonly maxAnoms: number;
  readonly direction: 'both' | 'pos' | 'neg';
  readonly alpha: number;
  readonly longtermPeriod: number | null;
  readonly threshold: 'None' | 'med_max' | 'p95' | 'p99';
  readonly indices: readonly number[];
  readonly expected: readonly number[];
}

function casesOf(file: string): Case[] {
  return isThere ? (JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Case[]) : [];
}

function seriesOf(name: string): Float64Array {
  const lines = readFileSync(new URL(`${name}.csv`, folder), 'utf8')
    .trim()
    .split('\n');
  return Float64Array.from(lines.slice(1), Number);
}

const cases = [...casesOf('cases.json'), ...casesOf('cases-bgs.json')];

describe.skipIf(!isThere)('golden cases (skipped where ../shared/golden is not there)', () => {
  it.each(cases)('$name: the same positions and the same expected values', (golden) => {
    const { period, maxAnoms, direction, alpha, longtermPeriod, threshold } = golden;
    const options: SeriesOptions = {
      period,
      maxAnoms,
      direction,
      alpha,
      ...(longtermPeriod !== null && { longterm: longtermPeriod }),
      ...(threshold !== 'None' && { threshold }),
    };
    const anomalies = detectInSeries(seriesOf(golden.series), options);
    expect(anomalies.map(({ index }) => index)).toEqual(golden.indices);
    expect(anomalies.map(({ expected }) => expected)).toEqual(golden.expected);
  });

  const options = { period: 1_440, maxAnoms: 0.02, direction: 'both' } as const;

  it('finds 25 anomalies in the last period', () => {
    expect(detectInSeries(seriesOf('twitter'), { ...options, onlyLast: true })).toHaveLength(25);
  });

  it('finds the same 131 where values are missing at both ends', () => {
    const values = seriesOf('twitter');
    values.fill(Number.NaN, 0, 10);
    values[values.length - 1] = Number.NaN;
    expect(detectInSeries(values, options)).toHaveLength(131);
  });

  it('with times: 131, 25 in the last day, 4 over the median of the daily maxima, 131 in blocks of two weeks', () => {
    const values = seriesOf('twitter');
    const start = Date.parse('1980-09-25T14:01:00Z');
    const times = Float64Array.from(values, (_, i) => start + i * 60_000);
    const timed = { maxAnoms: 0.02, direction: 'both' } as const;
    expect(detectInTime(times, values, timed)).toHaveLength(131);
    expect(detectInTime(times, values, { ...timed, onlyLast: 'day' })).toHaveLength(25);
    expect(detectInTime(times, values, { ...timed, threshold: 'med_max' })).toHaveLength(4);
    expect(detectInTime(times, values, { ...timed, longterm: { weeks: 2 } })).toHaveLength(131);
  });
});
