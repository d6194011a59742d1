import { expect, test } from 'vitest';
import { groupPoints } from './group-points.ts';
import type { FoundEvent } from './system.ts';

const point = (start: number, value = 1): FoundEvent => ({
  kind: 'process',
  cause: 'anomaly',
  properties: ['p'],
  start,
  end: start,
  decidedAt: start + 24,
  value,
  expected: 0,
});

test('points as far apart as the gap are one event, told when its first was', () => {
  const events = groupPoints([point(0), point(3, -5), point(7)], 3);
  expect(events).toMatchObject([
    { start: 0, end: 3, decidedAt: 24, value: -5 },
    { start: 7, end: 7 },
  ]);
});

test('no points are no events', () => {
  expect(groupPoints([], 3)).toEqual([]);
});
