import { hourMs } from '@wellhead/protocol';
import { expect, it } from 'vitest';
import { Hourly } from '../usual/hourly.ts';
import { Seasonal } from './seasonal.ts';

function run(valueAt: (h: number) => number, days: number) {
  const hours = new Hourly(56 * 24);
  const seasonal = new Seasonal(2);
  let last = 0;
  for (let h = 0; h < days * 24; h++) {
    hours.push(h * hourMs, valueAt(h));
    last = seasonal.judge(h * hourMs, hours, 0.1);
  }
  return { seasonal, last };
}
const noise = (h: number) => ((h * 7_919) % 101) / 500;
const daily = (h: number) => 15 + 3 * Math.sin((2 * Math.PI * h) / 24) + noise(h);

it('expects the usual course of the day at the level of the last day', () => {
  const { seasonal } = run((h) => daily(h) + h / 500, 40);
  const next = 40 * 24 - 1;
  expect(seasonal.isProven).toBe(true);
  expect(Math.abs(seasonal.expected - (daily(next) + next / 500))).toBeLessThan(0.4);
});

it('a value at noon that belongs to midnight stands out, though it is nothing new in itself', () => {
  const last = 40 * 24 - 1;
  expect(run((h) => (h === last ? daily(h - 12) : daily(h)), 40).last).toBeGreaterThan(1);
  expect(run(daily, 40).last).toBeLessThan(1);
});

it('without a proven cycle it says nothing', () => {
  const { seasonal, last } = run((h) => 15 + noise(h), 40);
  expect(seasonal.isProven).toBe(false);
  expect(last).toBe(0);
});
