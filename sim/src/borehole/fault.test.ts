import { expect, test } from 'vitest';
import { createBorehole } from './borehole.ts';
import type { Fault } from './fault.ts';
import { groundwaterProperties } from './profile.ts';

function struck(fault: Fault, from: number, to: number) {
  const borehole = createBorehole({ seed: 1, startAt: Date.UTC(2017, 0, 1), faults: [fault] });
  return Array.from({ length: to - from + 1 }, (_, i) => borehole.at(from + i));
}

const sec = ['sec'] as const;

test.each([
  ['dropout', 0],
  ['missing', '(na)'],
  ['overflow', 99999],
] as const)('a %s reads %s for its time, and the truth says so', (kind, value) => {
  const [before, first, second, after] = struck({ kind, from: 10, steps: 2, properties: sec }, 9, 12);
  expect([first!.values.sec, second!.values.sec]).toEqual([value, value]);
  expect([before!, first!, after!].map((reading) => reading.truth.sec)).toEqual([undefined, kind, undefined]);
  expect(after!.values).toEqual(after!.clean);
  expect(first!.values.ph).toBe(first!.clean.ph);
});

test('a spike stands out by its size', () => {
  const [before, spike, after] = struck(
    { kind: 'spike', from: 10, steps: 1, properties: sec, size: 77 },
    9,
    11,
  );
  expect(spike!.values.sec).toBe(spike!.clean.sec + 77);
  expect(before!.values.sec).toBe(before!.clean.sec);
  expect(after!.values.sec).toBe(after!.clean.sec);
});

test('an offset is a pair of steps, there and back', () => {
  const readings = struck({ kind: 'offset', from: 1, steps: 3, properties: sec, size: -30 }, 0, 4);
  expect(readings.map((reading) => (reading.values.sec as number) - reading.clean.sec)).toEqual([
    0, -30, -30, -30, 0,
  ]);
});

test('a drift grows evenly to its size and is then set right', () => {
  const readings = struck({ kind: 'drift', from: 1, steps: 4, properties: sec, size: 40 }, 0, 5);
  expect(readings.map((reading) => (reading.values.sec as number) - reading.clean.sec)).toEqual([
    0, 10, 20, 30, 40, 0,
  ]);
});

test('a stuck property repeats its first value while the water goes on', () => {
  const readings = struck({ kind: 'stuck', from: 100, steps: 200, properties: ['water_level'] }, 100, 300);
  const during = readings.slice(0, 200);
  expect(new Set(during.map((reading) => reading.values.water_level)).size).toBe(1);
  expect(new Set(during.map((reading) => reading.clean.water_level)).size).toBeGreaterThan(3);
  expect(readings[200]!.values.water_level).toBe(readings[200]!.clean.water_level);
});

test('out of water the whole sonde reads air', () => {
  const [reading] = struck({ kind: 'out-of-water', from: 10, steps: 3 }, 10, 10);
  expect(reading!.values.sec).toBeLessThan(20);
  expect(reading!.values.water_level).toBeLessThan(reading!.clean.water_level - 2);
  expect(reading!.values.total_dissolved_gas).toBeGreaterThan(950);
  for (const property of groundwaterProperties) expect(reading!.truth[property]).toBe('out-of-water');
});

test('a code wins over a shift that came before it', () => {
  const borehole = createBorehole({
    seed: 1,
    startAt: 0,
    faults: [
      { kind: 'missing', from: 0, steps: 5, properties: sec },
      { kind: 'offset', from: 0, steps: 5, properties: sec },
    ],
  });
  expect(borehole.at(2).values.sec).toBe('(na)');
});
