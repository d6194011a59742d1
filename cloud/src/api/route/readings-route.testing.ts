// What the tests of the readings route ask for: hours with text, gaps and flags.
import { hourMs } from '@wellhead/protocol';

export const start = Date.UTC(2024, 0, 1);
export const hour = hourMs;
export const count = 2_500;
export const properties = ['sec', 'ph', 'note'];

export const readings = Array.from({ length: count }, (_, i) => ({
  seq: i + 1,
  measuredAt: start + i * hour,
  values: [
    i % 97 === 0 ? null : 600 + Math.sin(i / 24) * 0.1,
    i % 5 === 0 ? undefined : -7.1 - i * 1e-17,
    i % 50 === 0 ? '=1+1,"quoted"\nsecond line' : 'fine',
  ],
  flags: [i % 97 === 0 ? 9 : 1, 1, 3] as const,
  causes: [i % 97 === 0 ? 1 : 0, 0, 10],
}));
