import { expect, test } from 'vitest';
import { extraAlerts } from './extra-alerts.ts';
import type { FoundEvent } from './system.ts';

const event = (start: number, end: number, kind: FoundEvent['kind'] = 'process'): FoundEvent => ({
  cause: 'spike',
  properties: ['p'],
  decidedAt: start,
  value: 0,
  expected: 1,
  kind,
  start,
  end,
});
const runs = [{ from: 100, to: 120 }];

test('an alert on zeros counts, also where the clean series has one', () => {
  expect(extraAlerts([event(120, 130)], [event(120, 130)], runs, 10)).toHaveLength(1);
});

test('an alert elsewhere counts only if the clean series has none there', () => {
  expect(extraAlerts([event(130, 140)], [], runs, 10)).toHaveLength(1);
  expect(extraAlerts([event(130, 140)], [event(145, 150)], runs, 10)).toEqual([]);
});

test('zeros told as a fault are right', () => {
  expect(extraAlerts([event(100, 120, 'fault')], [], runs, 10)).toEqual([]);
});
