import { expect, it } from 'vitest';
import { TailThreshold } from './tail-threshold.ts';

const day = 86_400_000;

/** Days whose largest scores are Fréchet: their logarithms are Gumbel with this middle and scale. */
function fill(threshold: TailThreshold, days: number, scale: number, from = 0): void {
  for (let d = 0; d < days; d++) {
    // Every quantile once, in an order that no day's place matters to.
    const p = (((d * 7_919) % days) + 0.5) / days;
    threshold.add((from + d) * day, Math.exp(2 - scale * Math.log(-Math.log(p))));
    threshold.add((from + d) * day + 1, 0.1);
  }
}

it('nothing passes before there are days enough', () => {
  const threshold = new TailThreshold(2);
  fill(threshold, 3, 0.5);
  expect(threshold.days).toBe(2);
  expect(threshold.height()).toBe(Number.POSITIVE_INFINITY);
  threshold.add(5 * day, 1);
  expect(threshold.height()).toBeLessThan(Number.POSITIVE_INFINITY);
});

it('a year of heavy-tailed days is passed about as often as asked', () => {
  const scale = 0.6;
  for (const perYear of [2, 10, 40]) {
    const threshold = new TailThreshold(perYear);
    fill(threshold, 366, scale);
    // Of the distribution itself: how likely a day's largest score is above the height.
    const p = 1 - Math.exp(-Math.exp(-(Math.log(threshold.height()) - 2) / scale));
    expect(365 * p).toBeGreaterThan(perYear * 0.6);
    expect(365 * p).toBeLessThan(perYear * 1.2);
  }
});

it('the rarer an alarm may be, the higher; fewer days ask for more', () => {
  const heightOf = (perYear: number, days: number) => {
    const threshold = new TailThreshold(perYear);
    fill(threshold, days, 0.5);
    return threshold.height();
  };
  expect(heightOf(1, 200)).toBeGreaterThan(heightOf(4, 200));
  const ofEqualDays = (days: number) => {
    const threshold = new TailThreshold(2);
    for (let d = 0; d < days; d++) threshold.add(d * day, 5);
    return threshold.height();
  };
  expect(ofEqualDays(20)).toBeGreaterThan(1.2 * ofEqualDays(365));
});

it('a tenth of the days may be anything, and the oldest of a year are forgotten', () => {
  const threshold = new TailThreshold(2);
  fill(threshold, 366, 0.5);
  const height = threshold.height();
  const shaken = new TailThreshold(2);
  fill(shaken, 366, 0.5);
  for (let d = 366; d < 380; d++) shaken.add(d * day, 1e6);
  expect(shaken.height()).toBeLessThan(2 * height);
  fill(shaken, 400, 0.5, 400);
  expect(shaken.height() / height).toBeGreaterThan(0.9);
  expect(shaken.height() / height).toBeLessThan(1.1);
});
