import { hourMs } from '@wellhead/protocol';
import { expect, it } from 'vitest';
import { fuse } from './fuse.ts';
import { beginSighting, type Sighting } from './sighting/sighting.ts';

function sighting(start: number, end: number, more: Partial<Sighting> = {}): Sighting {
  const begun = beginSighting(start * hourMs, {
    looker: 'local',
    cause: 'excursion',
    isFault: false,
    value: 1,
    expected: 0,
    score: 1,
  });
  return { ...begun, end: end * hourMs, isOpen: false, count: end - start + 1, ...more };
}
const failure = (start: number, end: number) =>
  sighting(start, end, { looker: 'quality', cause: 'dropout', isFault: true });
const spans = (of: readonly (readonly Sighting[])[], interval = hourMs) =>
  fuse(of, interval).map(({ isFault, start, end, members }) => ({
    isFault,
    start: start / hourMs,
    end: end / hourMs,
    of: members.map(({ property }) => property),
  }));

it('what is close of one property is one episode', () => {
  expect(spans([[sighting(0, 2), sighting(10, 11), sighting(30, 31)]])).toEqual([
    { isFault: false, start: 0, end: 11, of: [0, 0] },
    { isFault: false, start: 30, end: 31, of: [0] },
  ]);
});

it('faults of one property within a day are one thing to mend', () => {
  expect(spans([[failure(0, 0), failure(20, 20), failure(50, 51)]]).map(({ start }) => start)).toEqual([
    0, 50,
  ]);
});

it('properties that begin together, or while it goes on, are in one', () => {
  expect(spans([[sighting(0, 5)], [sighting(1, 2)], [sighting(6, 7)], [sighting(20, 21)]])).toEqual([
    { isFault: false, start: 0, end: 7, of: [0, 1, 2] },
    { isFault: false, start: 20, end: 21, of: [3] },
  ]);
});

it('faults and what the water does stay apart', () => {
  expect(spans([[sighting(0, 5)], [sighting(0, 5, { isFault: true })]])).toHaveLength(2);
});

it('what follows a failure of the same property, or comes just before it, is part of it', () => {
  expect(spans([[failure(10, 15), sighting(18, 30)]])).toEqual([
    { isFault: true, start: 10, end: 30, of: [0, 0] },
  ]);
  expect(spans([[sighting(7, 9), failure(10, 15)]])).toEqual([
    { isFault: true, start: 7, end: 15, of: [0, 0] },
  ]);
});

it('another property, another day, and one failed reading do not explain it', () => {
  expect(spans([[failure(10, 15)], [sighting(18, 30)]]).map(({ isFault }) => isFault)).toEqual([true, false]);
  expect(spans([[failure(10, 15), sighting(40, 50)]]).map(({ isFault }) => isFault)).toEqual([true, false]);
  expect(spans([[failure(10, 10), sighting(13, 20)]]).map(({ isFault }) => isFault)).toEqual([true, false]);
});
