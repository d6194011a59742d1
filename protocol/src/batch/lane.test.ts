import { expect, it } from 'vitest';
import { laneOf } from './lane.ts';

it.each([
  [2_000, 'live'],
  [6_000, 'live'],
  [6_001, 'historical'],
  [500, 'live'],
])('what was measured at 1000 and is fresh for 5000 is, at %d, %s', (now, lane) => {
  expect(laneOf(1_000, now, 5_000)).toBe(lane);
});
