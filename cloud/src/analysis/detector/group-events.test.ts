import { expect, it } from 'vitest';
import { groupEvents } from './group-events.ts';

const at = (index: number, value = 1) => ({ index, value, expected: 0 });

it('neighbours are one event, with its peak where the value is farthest from the expected one', () => {
  expect(groupEvents([at(3), at(4, -9), at(5, 2), at(9)])).toEqual([
    { start: 3, end: 5, peak: 4, count: 3 },
    { start: 9, end: 9, peak: 9, count: 1 },
  ]);
});

it('bridges as many values as it is told', () => {
  const anomalies = [at(1), at(3), at(6)];
  expect(groupEvents(anomalies)).toHaveLength(3);
  expect(groupEvents(anomalies, 1)).toHaveLength(2);
  expect(groupEvents(anomalies, 2)).toEqual([{ start: 1, end: 6, peak: 1, count: 3 }]);
});

it('nothing is no event', () => {
  expect(groupEvents([])).toEqual([]);
});
