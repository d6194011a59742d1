import { expect, test } from 'vitest';
import { BoreholeFeed } from './borehole-feed.ts';

const startAt = Date.UTC(2025, 9, 1);
const timeOf = (next: Record<string, number>) =>
  new BoreholeFeed({
    brokerUrl: 'mqtt://127.0.0.1:1',
    state: { startAt, next },
    signal: new AbortController().signal,
  }).counts.time;

test('a first run begins at the first hour, and a second one at the last hour of the run before', () => {
  expect(timeOf({})).toBe(startAt);
  expect(timeOf({ 'borehole-1': 24, 'borehole-2': 23 })).toBe(startAt + 23 * 3_600_000);
});
