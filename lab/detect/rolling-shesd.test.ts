import { expect, test } from 'vitest';
import { createRandom } from '../../sim/src/random.ts';
import { rollShesd } from './rolling-shesd.ts';

const hour = 3_600_000;
const random = createRandom('detect/rolling');
const values = Float64Array.from({ length: 24 * 40 }, (_, i) => Math.sin(i / 4) + 0.1 * random.gaussian());
values[24 * 20 + 5] = 30;
values[24 * 3] = 30;
const times = values.map((_, i) => i * hour);
const upTo = (count: number) =>
  rollShesd({ times: times.subarray(0, count), values: values.subarray(0, count) });

test('finds a spike on the day it happens, told at the end of the day, and nothing of the first 13 days', () => {
  const points = upTo(values.length);
  const spike = points.find(({ value }) => value === 30)!;
  expect(spike).toMatchObject({ time: (24 * 20 + 5) * hour, decidedAt: (24 * 21 - 1) * hour });
  expect(points.every(({ time }) => time >= 24 * 13 * hour)).toBe(true);
});

test('never looks ahead: with days cut off the end, the days before say the same', () => {
  const all = upTo(values.length);
  for (const days of [14, 21, 33])
    expect(upTo(24 * days)).toEqual(all.filter(({ time }) => time < 24 * days * hour));
});

test('says nothing of a series shorter than its window', () => {
  expect(upTo(24 * 14 - 1)).toEqual([]);
});
