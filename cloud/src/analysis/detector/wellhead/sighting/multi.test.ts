import { hourMs } from '@wellhead/protocol';
import { expect, it } from 'vitest';
import { Multi } from './multi.ts';

it('two properties that always move together stand out when one goes alone, and not when both go far', () => {
  const multi = new Multi(2, hourMs, 2);
  let state = 7;
  const random = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647 - 0.5;
  };
  let time = 0;
  let usual = 0;
  for (let i = 0; i < 2_000; i++, time += hourMs) {
    const both = 4 * random();
    const score = multi.judge(time, Float64Array.of(both + 0.2 * random(), both + 0.2 * random()));
    if (i > 500) usual = Math.max(usual, score);
  }
  expect(usual).toBeLessThan(1);
  expect(multi.judge(time, Float64Array.of(6, 6.1))).toBeLessThan(1);
  expect(multi.judge(time + hourMs, Float64Array.of(6, 0))).toBeGreaterThan(1);
});
