import { describe, expect, it } from 'vitest';
import { stepRange } from './step-range.ts';

const day = 86_400_000;
const whole = { from: 0, to: 100 * day };
const span = { from: 40 * day, to: 50 * day };

describe('a range', () => {
  it('steps by its own length, without overlap or hole', () => {
    expect(stepRange('earlier', span, whole)).toEqual({ from: 30 * day, to: 40 * day });
    expect(stepRange('later', span, whole)).toEqual({ from: 50 * day, to: 60 * day });
  });

  it('halves around the cursor and stays inside', () => {
    expect(stepRange('closer', span, whole)).toEqual({ from: 42.5 * day, to: 47.5 * day });
    expect(stepRange('closer', span, whole, 41 * day)).toEqual({ from: 40 * day, to: 45 * day });
  });

  it('doubles', () => {
    expect(stepRange('wider', span, whole)).toEqual({ from: 35 * day, to: 55 * day });
  });

  it('stops at the ends', () => {
    expect(stepRange('earlier', { from: 0, to: day }, whole)).toBeUndefined();
    expect(stepRange('later', { from: 99 * day, to: 100 * day }, whole)).toBeUndefined();
    expect(stepRange('wider', whole, whole)).toBeUndefined();
    expect(stepRange('closer', { from: 0, to: 90_000 }, whole)).toBeUndefined();
  });
});
