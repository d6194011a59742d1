import { expect, it } from 'vitest';
import { conditions } from './conditions.ts';

it.each([
  [{}, ''],
  [{ from: 5, to: 7 }, ' AND measured_at >= 5e0 AND measured_at < 7e0'],
  [{ from: 0, to: 0 }, ' AND measured_at >= 0e0 AND measured_at < 0e0'],
  [{ from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, asOf: Number.POSITIVE_INFINITY }, ''],
  [
    { from: Number.POSITIVE_INFINITY },
    ` AND measured_at >= ${Number.MAX_VALUE}`, // nothing is: no time is as late
  ],
  [{ to: Number.NEGATIVE_INFINITY }, ` AND measured_at < ${-Number.MAX_VALUE}`],
  [{ asOf: 7 }, ' AND stored_at < 8e0'],
  [{ asOf: 7.9 }, ' AND stored_at < 8e0'],
  [{ asOf: Number.NEGATIVE_INFINITY }, ` AND stored_at < ${-Number.MAX_VALUE}`],
])('%j', (range, more) => {
  expect(conditions({ id: 3 }, range)).toBe(`sensor = 3${more}`);
});
