import { expect, it } from 'vitest';
import { blocksOfDays, blocksOfLength } from './blocks.ts';
import { detectInSeries } from './detect-in-series.ts';
import { detectInTime } from './detect-in-time.ts';
import { heightOf, maximaOf } from './threshold.ts';

const period = 24;
/** A cycle with scatter that repeats only after 97 values, and what `change` makes of it. */
function seriesOf(count: number, change: (i: number) => number = () => 0): Float64Array {
  return Float64Array.from(
    { length: count },
    (_, i) => 20 + 2 * Math.sin((2 * Math.PI * i) / period) + ((i * 37) % 97) / 100 + change(i),
  );
}
const indicesOf = (found: readonly { index: number }[]) => found.map(({ index }) => index);
const spikes = (i: number) => (i === 100 ? 9 : i === 200 ? -9 : 0);

it('finds spikes on the side that is asked for', () => {
  const values = seriesOf(336, spikes);
  const options = { period, maxAnoms: 0.05 };
  expect(indicesOf(detectInSeries(values, options))).toEqual([100]);
  expect(indicesOf(detectInSeries(values, { ...options, direction: 'neg' }))).toEqual([200]);
  expect(indicesOf(detectInSeries(values, { ...options, direction: 'both' }))).toEqual([100, 200]);
});

it('a threshold over the maxima of the periods drops low anomalies, as published', () => {
  const options = { period, maxAnoms: 0.05, direction: 'both', threshold: 'med_max' } as const;
  expect(indicesOf(detectInSeries(seriesOf(336, spikes), options))).toEqual([100]);
});

it('nothing is anomalous in a series that does not move', () => {
  expect(detectInSeries(new Float64Array(100).fill(7), { period, direction: 'both' })).toEqual([]);
});

it('refuses a gap as published, or bridges it and never reports what it laid over it', () => {
  const values = seriesOf(336, spikes);
  values.fill(Number.NaN, 99, 102);
  const options = { period, maxAnoms: 0.05, direction: 'both' } as const;
  expect(() => detectInSeries(values, options)).toThrow('missing from position 99 to 101');
  expect(indicesOf(detectInSeries(values, { ...options, bridgeGaps: true }))).toEqual([200]);
});

it('both ends of a slope look extreme as published, but not with the trend taken off', () => {
  const values = seriesOf(480, (i) => (i < 400 ? 0 : (i - 400) / 4));
  const options = { period, maxAnoms: 0.2, direction: 'both' } as const;
  expect(detectInSeries(values, options).length).toBeGreaterThan(40);
  expect(detectInSeries(values, { ...options, removeTrend: true }).length).toBeLessThan(15);
});

it('the last digit of a quiet sensor is no anomaly once the MAD has a floor', () => {
  const values = Float64Array.from({ length: 336 }, (_, i) =>
    i % 50 === 49 ? 7.36 : 7.33 + ((i * 37) % 97) / 1e5,
  );
  const options = { period, maxAnoms: 0.1, direction: 'both' } as const;
  expect(detectInSeries(values, options)).not.toEqual([]);
  expect(detectInSeries(values, { ...options, smallestMad: 0.01 })).toEqual([]);
});

it('expected values are cut to integers as published, or left whole', () => {
  const values = seriesOf(336, spikes);
  const [published] = detectInSeries(values, { period });
  const [exact] = detectInSeries(values, { period, exactExpected: true });
  expect(published!.expected).toBe(Math.trunc(exact!.expected));
  expect(exact!.expected).not.toBe(published!.expected);
});

it.each([
  ['period', { period: 1 }],
  ['period', { period: 2.5 }],
  ['max-anoms', { period, maxAnoms: 0.5 }],
  ['max-anoms', { period, maxAnoms: 0 }],
  ['alpha', { period, alpha: 1 }],
  ['too-short', { period: 168 }],
  ['longterm', { period, longterm: 0 }],
  ['too-short', { period, longterm: 30 }],
])('refuses with the reason %s: %o', (reason, options) => {
  expect(() => detectInSeries(seriesOf(336), options)).toThrow(expect.objectContaining({ reason }));
});

it('the last block is a full one', () => {
  expect(blocksOfLength(10, 4)).toEqual([
    { from: 0, to: 4 },
    { from: 4, to: 8 },
    { from: 6, to: 10 },
  ]);
  const days = Float64Array.from({ length: 20 }, (_, i) => i * 86_400_000);
  expect(blocksOfDays(days, { days: 15, step: 15 })).toEqual([
    { from: 0, to: 15 },
    { from: 5, to: 20 },
  ]);
});

it('blocks follow a level that changes for good; what two of them say is said once', () => {
  const values = seriesOf(700, (i) => (i >= 336 ? 30 : 0) + spikes(i) + (i === 690 ? 9 : 0));
  expect(indicesOf(detectInSeries(values, { period, longterm: 336 }))).toEqual(
    expect.arrayContaining([100, 690]),
  );
  expect(indicesOf(detectInSeries(values, { period, longterm: 336 })).filter((i) => i === 690)).toHaveLength(
    1,
  );
});

it('where blocks overlap, what the first said stands', () => {
  const values = seriesOf(700, (i) => i / 50 + (i === 500 ? 12 : 0));
  const options = { period, exactExpected: true };
  const first = detectInSeries(values.subarray(336, 672), options).find(({ index }) => index === 500 - 336)!;
  const second = detectInSeries(values.subarray(364), options).find(({ index }) => index === 500 - 364)!;
  expect(first.expected).not.toBe(second.expected);
  const all = detectInSeries(values, { ...options, longterm: 336 });
  expect(all.find(({ index }) => index === 500)).toEqual({ ...first, index: 500 });
});

it('missing values at the beginning do not shift positions', () => {
  const values = seriesOf(336, spikes);
  values.fill(Number.NaN, 0, 30);
  expect(indicesOf(detectInSeries(values, { period, direction: 'both', maxAnoms: 0.05 }))).toEqual([
    100, 200,
  ]);
});

it('heights are quantiles of the maxima of the groups', () => {
  const maxima = maximaOf(Float64Array.from([1, 5, Number.NaN, 2, 9, 3, Number.NaN]), (i) => i >> 1);
  expect([...maxima]).toEqual([5, 2, 9]);
  expect(heightOf('med_max', maxima)).toBe(5);
  expect(heightOf('p95', maxima)).toBeCloseTo(8.6, 12);
  expect(heightOf('p99', maxima)).toBeCloseTo(8.92, 12);
});

it('with times: the period follows the step, the last hour and day are told of alone', () => {
  const hour = 3_600_000;
  const values = seriesOf(336, (i) => (i === 100 || i === 320 || i === 335 ? 9 : 0));
  const times = values.map((_, i) => i * hour);
  expect(indicesOf(detectInTime(times, values, {}))).toEqual([100, 320, 335]);
  expect(indicesOf(detectInTime(times, values, { onlyLast: 'day' }))).toEqual([320, 335]);
  expect(indicesOf(detectInTime(times, values, { onlyLast: 'hr' }))).toEqual([335]);
  expect(indicesOf(detectInTime(times, values, { longterm: { values: 168 } }))).toEqual([100, 320, 335]);
});

it('refuses times out of order, blocks under two weeks, and steps under a minute', () => {
  const values = seriesOf(336);
  const times = values.map((_, i) => i * 1000);
  expect(() => detectInTime(times, values, {})).toThrow('a minute or more apart');
  expect(() => detectInTime(times, values, { period, longterm: { weeks: 1 } })).toThrow('two weeks');
  times[3] = 0;
  expect(() => detectInTime(times, values, { period })).toThrow('not in order: that of row 3');
});
