import { expect, test } from 'vitest';
import { matchEvents } from './match-events.ts';
import type { Label } from './series.ts';

const label = (from: number, to: number, properties?: string[]): Label => ({
  from,
  to,
  kind: 'unknown',
  what: 'label',
  ...(properties && { properties }),
});
const event = (start: number, end: number, properties = ['level']) => ({ start, end, properties });
const isHit = (e: ReturnType<typeof event>, l: Label) => matchEvents([e], [l], 10).labelsOf[0]!.length === 1;

test('an event hits a label that it shares a moment with, or that is as far as the tolerance', () => {
  expect(isHit(event(100, 200), label(150, 160))).toBe(true);
  expect(isHit(event(150, 160), label(100, 200))).toBe(true);
  expect(isHit(event(100, 200), label(200, 300))).toBe(true);
  expect(isHit(event(100, 190), label(200, 300))).toBe(true);
  expect(isHit(event(100, 189), label(200, 300))).toBe(false);
  expect(isHit(event(310, 320), label(200, 300))).toBe(true);
  expect(isHit(event(311, 320), label(200, 300))).toBe(false);
});

test('an event of another property than the label’s does not hit it', () => {
  expect(isHit(event(0, 9, ['ph']), label(0, 9, ['level', 'sec']))).toBe(false);
  expect(isHit(event(0, 9, ['ph', 'sec']), label(0, 9, ['level', 'sec']))).toBe(true);
  expect(isHit(event(0, 9, ['ph']), label(0, 9))).toBe(true);
});

test('one long event lies on all labels under it, and several events may lie on one label', () => {
  const match = matchEvents([event(0, 1000), event(300, 310)], [label(100, 110), label(300, 310)], 10);
  expect(match.labelsOf).toEqual([[0, 1], [1]]);
  expect(match.eventsOf).toEqual([[0], [0, 1]]);
});

test('nothing matches nothing', () => {
  expect(matchEvents([], [], 10)).toEqual({ labelsOf: [], eventsOf: [] });
  expect(matchEvents([event(0, 1)], [], 10).labelsOf).toEqual([[]]);
});
