import { hourMs } from '@wellhead/protocol';
import { expect, it } from 'vitest';
import { Hourly } from '../usual/hourly.ts';
import { shape } from '../usual/parameters.ts';
import { Shape } from './shape.ts';

const m = shape.stretch;

/** The definition: distance to the nearest stretch of the past that does not overlap, scatters floored. */
function nearest(values: readonly number[], floor: number): number {
  const scaled = (end: number) => {
    const part = values.slice(end - m + 1, end + 1);
    const mean = part.reduce((a, b) => a + b, 0) / m;
    const sd = Math.sqrt(part.reduce((a, b) => a + (b - mean) ** 2, 0) / m);
    return part.map((value) => (value - mean) / Math.max(sd, floor));
  };
  const newest = scaled(values.length - 1);
  let best = Number.POSITIVE_INFINITY;
  for (let end = values.length - 1 - m; end - m >= 0; end--) {
    const other = scaled(end);
    best = Math.min(
      best,
      newest.reduce((sum, value, i) => sum + (value - other[i]!) ** 2, 0),
    );
  }
  return Math.sqrt(best);
}

it('is the distance of the definition, hour by hour, also when the oldest hours fall out', () => {
  const length = shape.fewestHours + 96;
  const hours = new Hourly(shape.fewestHours + 40);
  const profile = new Shape(shape.fewestHours + 40, 2);
  const scores: [number, number][] = [];
  let state = 1;
  const values: number[] = [];
  for (let h = 0; h < length; h++) {
    state = (state * 48_271) % 2_147_483_647;
    const value = 20 + Math.sin(h / 4) + state / 2_147_483_647;
    values.push(value);
    hours.push(h * hourMs, value);
    const score = profile.judge(h * hourMs, hours, 0.05);
    if (h % shape.everyHours === 0 && h >= length - 60)
      scores.push([score, nearest(values.slice(-hours.count), 0.05)]);
  }
  // Multiples of one threshold, that changes at the turn of a day only.
  const today = scores.slice(-7);
  const unit = today[0]![1] / today[0]![0];
  for (const [score, distance] of today) expect(score * unit).toBeCloseTo(distance, 6);
});

it('tells a form that was never there, and not one that comes every day', () => {
  const hours = new Hourly(shape.maxHours);
  const profile = new Shape(shape.maxHours, 2);
  let usual = 0;
  let odd = 0;
  for (let h = 0; h < 60 * 24; h++) {
    const strange = h > 55 * 24 && h < 55 * 24 + 20;
    const value =
      10 + Math.sin((2 * Math.PI * h) / 24) + (strange ? 3 * Math.sin(h) : 0) + ((h * 37) % 11) / 100;
    hours.push(h * hourMs, value);
    const score = profile.judge(h * hourMs, hours, 0.05);
    if (strange) odd = Math.max(odd, score);
    else if (h < 55 * 24) usual = Math.max(usual, Number.isFinite(score) ? score : 0);
  }
  expect(usual).toBeLessThan(1);
  expect(odd).toBeGreaterThan(1);
});
