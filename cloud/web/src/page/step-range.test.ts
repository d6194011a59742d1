import { dayMs } from '@wellhead/protocol';
import { describe, expect, it } from 'vitest';
import { stepRange } from './step-range.ts';

const whole = { from: 0, to: 100 * dayMs };
const span = { from: 40 * dayMs, to: 50 * dayMs };

describe('a range', () => {
  it('steps by its own length, without overlap or hole', () => {
    expect(stepRange('earlier', span, whole)).toEqual({ from: 30 * dayMs, to: 40 * dayMs });
    expect(stepRange('later', span, whole)).toEqual({ from: 50 * dayMs, to: 60 * dayMs });
  });

  it('halves around the cursor and stays inside', () => {
    expect(stepRange('closer', span, whole)).toEqual({ from: 42.5 * dayMs, to: 47.5 * dayMs });
    expect(stepRange('closer', span, whole, 41 * dayMs)).toEqual({ from: 40 * dayMs, to: 45 * dayMs });
  });

  it('doubles', () => {
    expect(stepRange('wider', span, whole)).toEqual({ from: 35 * dayMs, to: 55 * dayMs });
  });

  it('stops at the ends', () => {
    expect(stepRange('earlier', { from: 0, to: dayMs }, whole)).toBeUndefined();
    expect(stepRange('later', { from: 99 * dayMs, to: 100 * dayMs }, whole)).toBeUndefined();
    expect(stepRange('wider', whole, whole)).toBeUndefined();
    expect(stepRange('closer', { from: 0, to: 90_000 }, whole)).toBeUndefined();
  });
});
