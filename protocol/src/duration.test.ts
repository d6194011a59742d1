import { describe, expect, it } from 'vitest';
import { durationSchema, sizeSchema } from './duration.ts';

describe('a length of time', () => {
  it.each([
    ['250ms', 250],
    ['30s', 30_000],
    ['5m', 300_000],
    ['1h', 3_600_000],
    ['7d', 604_800_000],
    ['1.5h', 5_400_000],
    ['0.5s', 500],
    ['0s', 0],
    ['1.1s', 1_100],
    ['2.3m', 138_000],
  ])('%s is %d ms', (text, ms) => {
    expect(durationSchema.parse(text)).toBe(ms);
  });

  it.each(['', '5', 5, '5 m', '5min', '-5m', '5M', '.5s', '5.s', '1h30m', '1e3s', null])(
    '%j is none, and the way to write it is told',
    (text) => {
      const { error } = durationSchema.safeParse(text);
      expect(error).toBeDefined();
      if (typeof text === 'string') expect(error!.issues[0]!.message).toContain('250ms, 30s, 5m, 1h or 7d');
    },
  );
});

describe('a size', () => {
  it.each([
    ['100B', 100],
    ['64kB', 65_536],
    ['1.5MB', 1_572_864],
    ['2GB', 2_147_483_648],
    ['0.3kB', 307],
  ])('%s is %d bytes', (text, bytes) => {
    expect(sizeSchema.parse(text)).toBe(bytes);
  });

  it.each(['', '64', 64, '64 kB', '64KB', '64kb', '64k', '1TB', '-1MB', null])(
    '%j is none, and the way to write it is told',
    (text) => {
      const { error } = sizeSchema.safeParse(text);
      expect(error).toBeDefined();
      if (typeof text === 'string') expect(error!.issues[0]!.message).toContain('64kB, 500MB or 2GB');
    },
  );
});
