import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hour, moved, quiet } from './fault.testing.ts';
import { findSteps } from './find-steps.ts';

function stepsIn(values: readonly number[], hours: readonly number[] = values.map((_, i) => i)) {
  const times = Float64Array.from(hours, (i) => i * hour);
  return findSteps({ times, values: Float64Array.from(values) }, 0.15, hour);
}

it('finds a sharp change that stays, with its size, and one that is just as large as is asked', () => {
  expect(stepsIn(moved(quiet(200), 100, 200, 0.6))).toEqual([
    { place: 100, before: 99 * hour, after: 100 * hour, size: expect.closeTo(0.6, 1) },
  ]);
  const from = (level: number, to: number) => [
    ...Array<number>(50).fill(level),
    ...Array<number>(50).fill(to),
  ];
  expect(stepsIn(from(28.17, 28.32))).toHaveLength(1);
  expect(stepsIn(from(28.17, 28.31))).toHaveLength(0);
});

it('finds none in a spike, in a slow rise, or where the property always changes so', () => {
  expect(stepsIn(moved(quiet(200), 100, 101, 0.6))).toEqual([]);
  expect(stepsIn(quiet(200).map((value, i) => value + Math.max(0, i - 100) * 0.1))).toEqual([]);
  expect(stepsIn(Array.from({ length: 200 }, (_, i) => Math.floor(i / 5) * 0.3))).toEqual([]);
});

it('looks across a gap of two days, and expects more of a longer one', () => {
  const risen = moved(quiet(1000), 500, 1000, 0.6);
  const hours = (gap: number) => risen.map((_, i) => (i < 500 ? i : i + gap));
  expect(stepsIn(risen, hours(46))).toHaveLength(1);
  expect(stepsIn(risen, hours(48))).toHaveLength(0);
  const slope = risen.map((value, i) => value + i * 0.01);
  expect(stepsIn(slope, hours(0))).toHaveLength(1);
  expect(stepsIn(slope, hours(40))).toHaveLength(0);
});

it('finds the same steps wherever zero is, and opposite ones upside down', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 5, max: 190 }),
      fc.integer({ min: 20, max: 500 }),
      fc.integer({ min: -64, max: 64 }),
      (at, size, base) => {
        const values = moved(quiet(200), at, 200, size / 100);
        const places = (steps: readonly { place: number }[]) => steps.map(({ place }) => place);
        expect(places(stepsIn(values.map((value) => value + base)))).toEqual([at]);
        const mirrored = stepsIn(values.map((value) => -value));
        expect(places(mirrored)).toEqual([at]);
        expect(Math.sign(mirrored[0]!.size)).toBe(-1);
      },
    ),
  );
});
