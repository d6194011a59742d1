import { dayMs } from '@wellhead/protocol';
import { expect, it } from 'vitest';
import { tail } from './parameters.ts';
import { TailThreshold } from './tail-threshold.ts';

/** Days whose largest scores are Fréchet: their logarithms are Gumbel with this middle and scale. */
function fill(threshold: TailThreshold, days: number, scale: number, from = 0): void {
  for (let d = 0; d < days; d++) {
    // Every quantile once, in an order that no day's place matters to.
    const p = (((d * 7_919) % days) + 0.5) / days;
    threshold.add((from + d) * dayMs, Math.exp(2 - scale * Math.log(-Math.log(p))));
    threshold.add((from + d) * dayMs + 1, 0.1);
  }
}

it('nothing passes before there are days enough', () => {
  const threshold = new TailThreshold(2);
  fill(threshold, 3, 0.5);
  expect(threshold.days).toBe(2);
  expect(threshold.height()).toBe(Number.POSITIVE_INFINITY);
  threshold.add(5 * dayMs, 1);
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
    for (let d = 0; d < days; d++) threshold.add(d * dayMs, 5);
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
  for (let d = 366; d < 380; d++) shaken.add(d * dayMs, 1e6);
  expect(shaken.height()).toBeLessThan(2 * height);
  fill(shaken, 400, 0.5, 400);
  expect(shaken.height() / height).toBeGreaterThan(0.9);
  expect(shaken.height() / height).toBeLessThan(1.1);
});

const gumbel = (p: number) => -Math.log(-Math.log(p));

/** The height by the definition, from the largest scores of whole days. */
function heightOf(days: readonly number[], perYear: number): number {
  const sorted = [...days].sort((a, b) => a - b);
  const quantile = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  const middle = Math.max(quantile(0.5), 0.5);
  const upper = Math.max(quantile(0.9), 1.7 * middle);
  const position = (gumbel(1 - Math.min(perYear / 365, 0.5)) - gumbel(0.5)) / (gumbel(0.9) - gumbel(0.5));
  const ever = Math.max(sorted.at(-1)!, middle) * tail.beyondLargest;
  return (1 + 7 / days.length) * Math.min(middle * (upper / middle) ** position, ever);
}

it.each([
  ['of three days', [1, 2, 3], 4],
  ['where nothing was to be seen', [0, 0, 0, 0.1], 4],
  ['of equal days', [5, 5, 5, 5, 5, 5], 4],
  ['of scattered days', [1, 9, 2, 8, 3, 7, 4, 60, 5, 6], 4],
  ['that may be passed every day', [1, 9, 2, 8, 3, 7, 4, 60, 5, 6], 1_000],
  ['that may be passed once in thirty years', [1, 9, 2, 8, 3, 7, 4, 60, 5, 6], 1 / 30],
])('the height %s is what the definition says', (_, days, perYear) => {
  const threshold = new TailThreshold(perYear);
  days.forEach((score, d) => {
    threshold.add(d * dayMs, score / 2);
    threshold.add(d * dayMs + 5, score);
    threshold.add((d + 1) * dayMs - 1, score / 3);
  });
  expect(threshold.days).toBe(days.length - 1);
  threshold.add(days.length * dayMs, 1e9); // ends the last of them
  expect(threshold.days).toBe(days.length);
  expect(threshold.height()).toBeCloseTo(heightOf(days, perYear), 9);
});

it('a score is judged by whole days before it, and counts as at most three heights', () => {
  const threshold = new TailThreshold(4);
  [4, 5, 6, 7].forEach((score, d) => {
    expect(threshold.judge(d * dayMs, score)).toBe(0);
  });
  threshold.add(4 * dayMs, 0);
  const height = threshold.height();
  expect(threshold.judge(4 * dayMs + 1, 100 * height)).toBe(100);
  threshold.add(5 * dayMs, 0);
  const asThree = new TailThreshold(4);
  [4, 5, 6, 7, 3 * height, 0].forEach((score, d) => {
    asThree.add(d * dayMs, score);
  });
  expect(threshold.height()).toBe(asThree.height());
});

it('a year of days is kept, and no more', () => {
  const threshold = new TailThreshold(4);
  for (let d = 0; d < 400; d++) threshold.add(d * dayMs, d < 34 ? 1_000 : 1 + (d % 7));
  expect(threshold.days).toBe(365);
  const days = Array.from({ length: 365 }, (_, i) => 1 + ((i + 34) % 7));
  expect(threshold.height()).toBeCloseTo(heightOf(days, 4), 9);
});
