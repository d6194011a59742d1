import { dayMs } from '@wellhead/protocol';
import { describe, expect, it } from 'vitest';
import type { DetectedEvent } from '../../event/event.ts';
import { alarmBudget, keepBudget } from './alarm-budget.ts';

const three = { ...alarmBudget, most: 3 };
const at = (days: number, score = 1.2, kind: DetectedEvent['kind'] = 'process'): DetectedEvent => ({
  kind,
  cause: 'spike',
  properties: ['level'],
  value: 1,
  expected: 0,
  score,
  evidence: [],
  start: days * dayMs,
  peak: days * dayMs,
  end: days * dayMs,
  decidedAt: days * dayMs,
});
const days = (events: readonly DetectedEvent[]) => events.map(({ start }) => start / dayMs);

describe('the alarm budget of a sensor', () => {
  it('lets so many process events a week through, and of more only the heavy ones', () => {
    const { events, leftOut } = keepBudget([at(0), at(1), at(2), at(3), at(4, 2), at(5, 1.9)], three);
    expect(days(events)).toEqual([0, 1, 2, 4]);
    expect(days(leftOut)).toEqual([3, 5]);
  });

  it('is fresh when a week has passed', () => {
    expect(days(keepBudget([at(0), at(1), at(2), at(6.9), at(7), at(8)], three).leftOut)).toEqual([6.9]);
  });

  it('does not count faults and visits, and never leaves them out', () => {
    const faults = [at(0, 1, 'fault'), at(0.1, 1, 'maintenance'), at(0.2, 1, 'fault'), at(0.3, 1, 'fault')];
    expect(keepBudget([...faults, at(1), at(2), at(3)], three).leftOut).toEqual([]);
  });
});
