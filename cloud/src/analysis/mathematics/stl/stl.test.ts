import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decompose } from './stl.ts';
import type { StlOptions } from './stl-options.ts';

function rowsOf(file: URL): string[][] {
  const lines = readFileSync(file, 'utf8').trim().split('\n').slice(1);
  return lines.map((line) => line.split(','));
}

const golden = new URL('../../../../../shared/golden/shesd/', import.meta.url);

describe.skipIf(!existsSync(golden))(
  'R on its own series (skipped where ../shared/golden is not there)',
  () => {
    it.each([
      ['co2', false],
      ['co2', true],
      ['nottem', true],
    ])('%s, robust: %s, is equal to 1e-9', (series, robust) => {
      const rows = rowsOf(new URL(`stl-${series}-${robust ? 'robust' : 'plain'}.csv`, golden));
      const values = Float64Array.from(rows, ([value]) => Number(value));
      const parts = decompose(values, { period: 12, seasonalWindow: 'periodic', robust });
      rows.forEach(([, seasonal, trend, remainder], i) => {
        expect(Math.abs(parts.seasonal[i]! - Number(seasonal))).toBeLessThan(1e-9);
        expect(Math.abs(parts.trend[i]! - Number(trend))).toBeLessThan(1e-9);
        expect(Math.abs(parts.remainder[i]! - Number(remainder))).toBeLessThan(1e-9);
      });
    });
  },
);

// Computed with `stl` of R 4.2.2 on a series of our own: a slope, a cycle of 13, scatter, three outliers.
const oracle = rowsOf(new URL('./stl.oracle.csv', import.meta.url));
const fits: Record<string, StlOptions> = {
  'window-7': { period: 13, seasonalWindow: 7 },
  'window-7-robust': { period: 13, seasonalWindow: 7, robust: true },
  'window-11-degree-1-robust': { period: 13, seasonalWindow: 11, seasonalDegree: 1, robust: true },
  'flat-trend': {
    period: 13,
    seasonalWindow: 9,
    trendWindow: 41,
    trendDegree: 0,
    lowpassDegree: 1,
    seasonalJump: 1,
    trendJump: 1,
    lowpassJump: 1,
    inner: 3,
    outer: 4,
  },
  'wide-jumps': {
    period: 13,
    seasonalWindow: 7,
    trendWindow: 15,
    seasonalJump: 4,
    trendJump: 20,
    lowpassJump: 17,
    robust: true,
  },
  'periodic-robust': { period: 13, seasonalWindow: 'periodic', robust: true },
};

it.each(Object.entries(fits))('equals R to 1e-9: %s', (name, options) => {
  const rows = oracle.filter(([fit]) => fit === name);
  expect(rows).toHaveLength(157);
  const parts = decompose(
    Float64Array.from(rows, (row) => Number(row[2])),
    options,
  );
  rows.forEach(([, , value, seasonal, trend], i) => {
    expect(Math.abs(parts.seasonal[i]! - Number(seasonal))).toBeLessThan(1e-9);
    expect(Math.abs(parts.trend[i]! - Number(trend))).toBeLessThan(1e-9);
    expect(parts.seasonal[i]! + parts.trend[i]! + parts.remainder[i]!).toBeCloseTo(Number(value), 12);
  });
});

it('gives outliers no weight', () => {
  const values = Float64Array.from(
    { length: 120 },
    (_, i) => Math.sin((2 * Math.PI * i) / 12) + (i % 5) / 50,
  );
  values[61] = 40;
  const { weights, trend } = decompose(values, { period: 12, seasonalWindow: 'periodic', robust: true });
  expect(weights[61]).toBe(0);
  expect(trend[61]).toBeLessThan(1);
});

it('refuses what has no two full periods, and what is no period', () => {
  const values = new Float64Array(24);
  expect(() => decompose(values, { period: 12, seasonalWindow: 'periodic' })).toThrow(
    'more than two periods',
  );
  expect(() => decompose(values, { period: 1.5, seasonalWindow: 'periodic' })).toThrow('whole number');
});
