import { type Range, RangeSet } from '@wellhead/protocol';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Timers } from '../clock/timers.ts';
import { Suspects } from './suspects.ts';

/** The fake timers of the test, without the turn that real ones leave for what lies ready. */
const faked: Timers = {
  uptime: () => 0,
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

let asked: [string, Range][];
let checked: string[];
let errors: unknown[];
let failures: number;
let suspects: Suspects;
beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  checked = [];
  errors = [];
  failures = 0;
  suspects = new Suspects({
    timers: faked,
    journal: {
      confirmLost: async (sensor, range) => {
        asked.push([sensor, range]);
        if (failures-- > 0) throw new Error('IO error');
      },
    },
    recheckMs: 1_000,
    onChecked: (sensor) => checked.push(sensor),
    onError: (error) => errors.push(error),
  });
});
afterEach(() => vi.useRealTimers());

function held(sensor: string): readonly Range[] {
  const settled = new RangeSet();
  suspects.addTo(settled, sensor);
  return settled.ranges;
}

it('are held back until the second look, each of its own sensor', async () => {
  suspects.add('b1', [1, 2]);
  suspects.add('b2', [5, 6]);
  suspects.add('b1', [8, 9]);
  expect(held('b1')).toEqual([
    [1, 2],
    [8, 9],
  ]);
  await vi.advanceTimersByTimeAsync(999);
  expect(asked).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(asked).toEqual([
    ['b1', [1, 2]],
    ['b2', [5, 6]],
    ['b1', [8, 9]],
  ]);
  // Each sensor is told once, when nothing of it is held back any more.
  expect(checked).toEqual(['b1', 'b2']);
  expect(held('b1')).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

it('are looked at once more when the look failed, and none is forgotten', async () => {
  suspects.add('b1', [1, 2]);
  suspects.add('b2', [3, 4]);
  failures = 1;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(errors).toEqual([new Error('IO error')]);
  expect(checked).toEqual([]);
  expect(held('b1')).toEqual([[1, 2]]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked.map(([sensor]) => sensor)).toEqual(['b1', 'b1', 'b2']);
  expect(checked).toEqual(['b1', 'b2']);
});

it('that come later have a wait of their own', async () => {
  suspects.add('b1', [1, 2]);
  await vi.advanceTimersByTimeAsync(1_000);
  suspects.add('b1', [7, 7]);
  await vi.advanceTimersByTimeAsync(999);
  expect(asked).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(asked).toHaveLength(2);
});

it('are looked at no more once closed', async () => {
  suspects.add('b1', [1, 2]);
  suspects.close();
  suspects.add('b1', [3, 4]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked).toEqual([]);
});

it('are left alone when closed while one is looked at', async () => {
  suspects.add('b1', [1, 2]);
  suspects.add('b2', [3, 4]);
  vi.advanceTimersByTime(1_000);
  suspects.close();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked).toEqual([['b1', [1, 2]]]);
});
