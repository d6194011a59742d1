import { hourMs } from '@wellhead/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Hourly } from './hourly.ts';

it('the first value of an hour stands for it; an hour without one repeats the one before', () => {
  const hours = new Hourly(8);
  expect(hours.push(0, 1)).toBe(true);
  expect(hours.push(hourMs / 2, 9)).toBe(false);
  expect(hours.push(3 * hourMs, 4)).toBe(true);
  expect([...hours.last(4)]).toEqual([1, 1, 1, 4]);
  expect(hours.at(1)).toBe(1);
  expect(hours.hour).toBe(3);
});

it('after a hole as long as all that is held it begins anew', () => {
  const hours = new Hourly(8);
  for (let h = 0; h < 8; h++) hours.push(h * hourMs, h);
  hours.push(30 * hourMs, 5);
  expect(hours.count).toBe(1);
});

it('holds the same as an array that is cut', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.double({ noNaN: true }))), (steps) => {
      const hours = new Hourly(10);
      let all: number[] = [];
      let at = 0;
      for (const [step, value] of steps) {
        at += step;
        hours.push(at * hourMs, value);
        if (all.length > 0) for (let i = 1; i < step; i++) all.push(all.at(-1)!);
        all.push(value);
        all = all.slice(-10);
        expect([...hours.last(hours.count)]).toEqual(all);
      }
    }),
  );
});
