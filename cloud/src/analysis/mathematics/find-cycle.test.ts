import { expect, it } from 'vitest';
import { powerOf } from './fft.ts';
import { findCycle } from './find-cycle.ts';

/** Even scatter from −1 to 1 that looks like chance (a linear congruential sequence) and is always the same. */
function scatter(count: number, seed: number): Float64Array {
  let state = seed;
  return Float64Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

it.each([16, 15, 30, 97])('the power of %d values is that of the Fourier sum', (n) => {
  const values = scatter(n, 7);
  powerOf(values).forEach((power, k) => {
    let re = 0;
    let im = 0;
    for (let t = 0; t < n; t++) {
      re += values[t]! * Math.cos((2 * Math.PI * k * t) / n);
      im -= values[t]! * Math.sin((2 * Math.PI * k * t) / n);
    }
    expect(power).toBeCloseTo(re * re + im * im, 8);
  });
});

it('finds a daily cycle under a trend and scatter', () => {
  const values = scatter(700, 3).map((noise, i) => noise + 0.01 * i + Math.sin((2 * Math.PI * i) / 24));
  expect(findCycle(values)).toMatchObject({ period: 24 });
  expect(findCycle(values)!.pValue).toBeLessThan(1e-6);
});

it('takes the cycle, not its harmonic', () => {
  const sharp = scatter(24 * 40, 5).map(
    (noise, i) => noise + (i % 24 === 6 ? 9 : 0) + (i % 24 === 18 ? 7 : 0),
  );
  expect(findCycle(sharp)).toMatchObject({ period: 24 });
});

it('finds no cycle in noise, nor in what only remembers', () => {
  let falseAlarms = 0;
  for (let seed = 1; seed <= 100; seed++) {
    const noise = scatter(400, seed * 7_919);
    let level = 0;
    const red = noise.map((step) => {
      level = 0.95 * level + step;
      return level;
    });
    if (findCycle(noise)!.pValue < 0.01) falseAlarms++;
    if (findCycle(red)!.pValue < 0.01) falseAlarms++;
  }
  expect(falseAlarms).toBeLessThanOrEqual(6);
});

it('says nothing about what is too short or does not move', () => {
  expect(findCycle(new Float64Array(31))).toBeUndefined();
  expect(findCycle(new Float64Array(50))).toBeUndefined();
});
