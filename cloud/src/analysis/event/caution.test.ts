import { describe, expect, it } from 'vitest';
import { cautionOf } from './caution.ts';

const said = (verdict: 'true' | 'false' | 'maintenance', ...properties: string[]) => ({
  verdict,
  properties,
});

describe('caution', () => {
  it('is nothing where nothing was said, or only that people were there', () => {
    expect(cautionOf([])).toEqual({});
    expect(cautionOf([said('maintenance', 'level')])).toEqual({});
  });

  it('grows with each false alarm, of the properties it was about', () => {
    expect(cautionOf([said('false', 'level'), said('false', 'level', 'sec')])).toEqual({
      level: 1.5625,
      sec: 1.25,
    });
  });

  it('shrinks with each true one, by half as much', () => {
    const { level } = cautionOf([said('true', 'level'), said('false', 'level'), said('true', 'level')]);
    expect(level).toBeCloseTo(1, 12);
  });

  it('stays within its bounds', () => {
    const many = (verdict: 'true' | 'false') => Array.from({ length: 50 }, () => said(verdict, 'level'));
    expect(cautionOf(many('false'))).toEqual({ level: 4 });
    expect(cautionOf(many('true'))).toEqual({ level: 0.5 });
  });
});
