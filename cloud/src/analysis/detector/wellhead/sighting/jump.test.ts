import { hourMs } from '@wellhead/protocol';
import { expect, it } from 'vitest';
import { Scatter } from '../usual/scatter.ts';
import { JumpWatch } from './jump.ts';
import type { Sighting } from './sighting.ts';

/** Sixty days around 10, then the values; the sightings with their rows counted from there. */
function watch(values: readonly number[]) {
  const jump = new JumpWatch(hourMs, 1);
  const scatter = new Scatter(24, 0.01);
  const found: Sighting[] = [];
  let time = 0;
  const push = (value: number) => {
    const sighting = jump.push(time, value, scatter, 1);
    if (sighting !== undefined) found.push(sighting);
    scatter.push(value);
    time += hourMs;
  };
  for (let i = 0; i < 1_440; i++) push(10 + ((i * 37) % 11) / 100);
  const from = time;
  for (const value of values) push(value);
  return found.map(({ cause, isFault, isOpen, start, end, decidedAt, count }) => ({
    cause,
    isFault,
    isOpen,
    count,
    start: (start - from) / hourMs,
    end: (end - from) / hourMs,
    known: (decidedAt - from) / hourMs,
  }));
}
const flat = (length: number, level = 10) => Array.from({ length }, (_, i) => level + ((i * 37) % 11) / 100);

it('one value far away and back is a fault of the instrument, known at once', () => {
  expect(watch([...flat(5), 14, ...flat(5)])).toEqual([
    { cause: 'spike', isFault: true, isOpen: false, start: 5, end: 5, known: 5, count: 1 },
  ]);
});

it('away for longer is what the water does, known at the third value', () => {
  expect(watch([...flat(5), 12, 12.03, 12.07, 12.02, ...flat(5)])).toMatchObject([
    { cause: 'excursion', isFault: false, isOpen: false, start: 5, end: 8, known: 7, count: 4 },
  ]);
});

it('the same number again and again from a sensor that never repeats itself is a fault', () => {
  expect(watch([...flat(5), 14, 14, 14, 14, 14, ...flat(5)])).toMatchObject([
    { cause: 'impossible-value', isFault: true, count: 5 },
  ]);
});

it('what stays for a day is the level from then on, and a step back closes it without another alarm', () => {
  const shifted = flat(40, 12);
  expect(watch([...flat(5), ...shifted])).toMatchObject([
    { cause: 'shift', isFault: false, isOpen: false, start: 5, end: 29 },
  ]);
  expect(watch([...flat(5), ...shifted, ...flat(20)])).toMatchObject([
    { cause: 'offset', start: 5, end: 45 },
  ]);
});

it('goes on while it is away', () => {
  expect(watch([...flat(5), 12, 12.03, 12.07])).toMatchObject([{ isOpen: true, count: 3 }]);
});

it('one value a little beyond is not told, two are', () => {
  const heights = Array.from({ length: 40 }, (_, i) => 10.1 + i / 40);
  const isReported = (values: number[]) => watch([...flat(5), ...values, ...flat(5)]).length > 0;
  const betweens = heights.filter((at) => !isReported([at]) && isReported([at, at + 0.01]));
  expect(betweens.length).toBeGreaterThan(2);
  expect(isReported([10.1]) || !isReported([11])).toBe(false);
});

it('floods that come again and again stop being news, square pulses do not', () => {
  const flood = [10.8, 10.75, 10.7, 10.66, 10.6, 10.5, 10.4, 10.3, 10.2, ...flat(111)];
  const pulse = [10.81, 10.83, 10.8, 10.84, 10.82, 10.8, 10.83, 10.84, 10.81, ...flat(111)];
  const times = (values: number[], count: number) => Array.from({ length: count }, () => values).flat();
  expect(watch(times(flood, 40)).length).toBeLessThan(20);
  expect(watch(times(pulse, 40))).toHaveLength(40);
});
