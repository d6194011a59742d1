import { expect, test } from 'vitest';
import { dropoutSeries, untypedDropoutSeries } from './dropout-series.ts';
import { generatedSeries } from './generated-series.ts';
import { injectedSeries } from './injected-series.ts';
import { dropout, generated, injected } from './parameters.ts';
import { processKinds } from './process-event.ts';

const indexOf = (times: Float64Array, time: number) => times.indexOf(time);

test('half of the boreholes never fail, in both parts', () => {
  const faulty = [1, 2, 3, 4].filter(generated.isFaulty);
  expect(faulty).toHaveLength(2);
  expect(new Set(faulty.map((seed) => seed % 2)).size).toBe(2);
  expect(generatedSeries(1).labels).toEqual([]);
  expect(generatedSeries(2).labels.length).toBeGreaterThan(10);
  expect(generatedSeries(1).hard!.length).toBeGreaterThan(1);
});

test('every dropout seed is a borehole without faults, so that zeros are all that differs', () => {
  for (const seed of dropout.seeds) expect(generated.isFaulty(seed)).toBe(false);
  const { twin, labels, times, values, properties } = dropoutSeries(dropout.seeds[0]!);
  expect(twin!.labels).toEqual([]);
  properties.forEach(({ name }, p) => {
    const isZero = (time: number) =>
      labels.some((label) => time >= label.from && time <= label.to && label.properties!.includes(name));
    times.forEach((time, i) => {
      expect(values[p]![i]).toBe(isZero(time) ? 0 : twin!.values[p]![i]);
    });
  });
});

test('a column without a type has no flags and the labels of its property', () => {
  const typed = dropoutSeries(dropout.seeds[0]!);
  const bare = untypedDropoutSeries(dropout.seeds[0]!);
  expect(bare.map(({ flags }) => flags)).toEqual(Array(5).fill(undefined));
  const count = typed.labels.reduce((sum, { properties }) => sum + properties!.length, 0);
  expect(bare.reduce((sum, { labels }) => sum + labels.length, 0)).toBe(count);
});

test('process events of every kind move their property while their label lasts', () => {
  const { labels, times, values, properties } = injectedSeries(injected.seeds.first);
  expect(new Set(labels.map(({ what }) => what)).size).toBe(processKinds.length);
  for (const label of labels) {
    const column = values[properties.findIndex(({ name }) => name === label.properties![0])]!;
    const from = indexOf(times, label.from);
    const to = indexOf(times, label.to);
    const moved = Math.max(
      ...[...column.subarray(from, to + 1)].map((value) => Math.abs(value - column[from - 1]!)),
    );
    expect(moved).toBeGreaterThan(0.1);
  }
});
