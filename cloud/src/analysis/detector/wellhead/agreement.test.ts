import { hourMs } from '@wellhead/protocol';
import { expect, it } from 'vitest';
import { Agreement, type Score } from './agreement.ts';

const ramp = (score: number): Score => ({ looker: 'ramp', score, expected: 10 });
const shape = (score: number): Score => ({ looker: 'shape', score, expected: 9 });

it('one alone says nothing; two within three hours are a sighting, named after the louder', () => {
  const agreement = new Agreement();
  expect(agreement.push(0, 12, [ramp(1.5)])).toBeUndefined();
  expect(agreement.push(4 * hourMs, 12, [shape(1.2)])).toBeUndefined();
  const found = agreement.push(6 * hourMs, 13, [ramp(1.6)])!;
  expect(found).toMatchObject({ looker: 'ramp', cause: 'ramp', isFault: false, expected: 10, score: 1.6 });
  expect([...found.supporters]).toEqual(['shape']);
});

it('it grows, keeps its peak, and ends when all have been quiet for six hours', () => {
  const agreement = new Agreement();
  const found = agreement.push(0, 12, [ramp(1.5), shape(1.1)])!;
  agreement.push(hourMs, 15, [ramp(2.5), shape(0.9)]);
  agreement.push(2 * hourMs, 14, [ramp(0.6), shape(0.1)]);
  for (let h = 3; h < 8; h++) agreement.push(h * hourMs, 11, [ramp(0.2), shape(0.1)]);
  expect(found.isOpen).toBe(true);
  agreement.push(8 * hourMs, 11, [ramp(0.2), shape(0.1)]);
  expect(found).toMatchObject({ isOpen: false, peak: hourMs, value: 15, score: 2.5 });
  expect(found.end).toBeLessThan(8 * hourMs);
});

it('nothing goes on for ever', () => {
  const agreement = new Agreement();
  const found = agreement.push(0, 12, [ramp(1.5), shape(1.1)])!;
  for (let h = 1; h < 24 * 8; h++) agreement.push(h * hourMs, 12, [ramp(1.5), shape(1.1)]);
  expect(found.isOpen).toBe(false);
});
