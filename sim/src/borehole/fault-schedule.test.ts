import fc from 'fast-check';
import { expect, test } from 'vitest';
import { faultKinds } from './fault.ts';
import { scheduleFaults } from './fault-schedule.ts';

const stepsPerMonth = 720;

test('draws the same month whichever month was asked for before', () => {
  fc.assert(
    fc.property(fc.nat(50_000), fc.nat(50_000), (first, second) => {
      const schedule = scheduleFaults({ seed: 1, perMonth: 5, stepsPerMonth });
      schedule.at(first);
      expect(schedule.at(second)).toEqual(scheduleFaults({ seed: 1, perMonth: 5, stepsPerMonth }).at(second));
    }),
  );
});

test('keeps to the mean number, uses all kinds, and no fault leaves its month', () => {
  const schedule = scheduleFaults({ seed: 1, perMonth: 5, stepsPerMonth });
  const months = Array.from({ length: 200 }, (_, month) => schedule.at(month * stepsPerMonth));
  const faults = months.flat();
  expect(faults.length / 200).toBeGreaterThan(4.5);
  expect(faults.length / 200).toBeLessThan(5.5);
  expect(new Set(faults.map((fault) => fault.kind)).size).toBe(faultKinds.length);
  months.forEach((drawn, month) => {
    for (const fault of drawn) {
      expect(fault.from).toBeGreaterThanOrEqual(month * stepsPerMonth);
      expect(fault.steps).toBeGreaterThanOrEqual(1);
      expect(fault.from + fault.steps).toBeLessThanOrEqual((month + 1) * stepsPerMonth);
    }
  });
});

test('no faults when none are asked for', () => {
  expect(scheduleFaults({ seed: 1, perMonth: 0, stepsPerMonth }).at(5)).toEqual([]);
});
