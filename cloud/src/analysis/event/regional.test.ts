import { hourMs } from '@wellhead/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findRegions, type Member } from './regional.ts';

const at = (sensor: string, hours: number, more: Partial<Member> = {}): Member => ({
  id: `${sensor}-${hours}`,
  sensor,
  kind: 'process',
  properties: ['level'],
  start: hours * hourMs,
  ...more,
});
const idsOf = (events: readonly Member[], sensors = 5) =>
  findRegions(events, () => sensors).map(({ members }) => members.map(({ id }) => id));

describe('a regional event', () => {
  it('is where three of five sensors begin within hours', () => {
    expect(idsOf([at('a', 0), at('b', 2), at('c', 6)])).toEqual([['a-0', 'b-2', 'c-6']]);
  });

  it('is none with two sensors, however few there are, nor with three of six', () => {
    expect(idsOf([at('a', 0), at('b', 2)], 2)).toEqual([]);
    expect(idsOf([at('a', 0), at('b', 2), at('c', 3)], 6)).toEqual([]);
    expect(idsOf([at('a', 0), at('a', 1), at('a', 2), at('b', 3)])).toEqual([]);
  });

  it('leaves out what begins later, what is a fault, and what is another property', () => {
    expect(idsOf([at('a', 0), at('b', 2), at('c', 6.1)])).toEqual([]);
    expect(idsOf([at('a', 0), at('b', 2), at('c', 3, { kind: 'fault' })])).toEqual([]);
    expect(idsOf([at('a', 0), at('b', 2), at('c', 3, { properties: ['sec'] })])).toEqual([]);
    expect(idsOf([at('a', 0), at('b', 2), at('c', 3, { properties: ['sec', 'level'] })])).toHaveLength(1);
  });

  it('takes the window with the most sensors, and each event once', () => {
    const events = [at('a', 0), at('b', 5), at('c', 6), at('d', 9), at('e', 10)];
    expect(idsOf(events)).toEqual([['b-5', 'c-6', 'd-9', 'e-10']]);
  });

  it('is the same in whatever order the events come', () => {
    const events = fc.uniqueArray(
      fc.record({ sensor: fc.constantFrom('a', 'b', 'c', 'd'), hours: fc.integer({ min: 0, max: 30 }) }),
      { selector: ({ sensor, hours }) => `${sensor}-${hours}`, maxLength: 20 },
    );
    fc.assert(
      fc.property(events, fc.infiniteStream(fc.nat()), (list, dice) => {
        const members = list.map(({ sensor, hours }) => at(sensor, hours));
        const shuffled = members.map((m) => ({ m, die: dice.next().value })).sort((x, y) => x.die - y.die);
        const regions = idsOf(members);
        expect(idsOf(shuffled.map(({ m }) => m))).toEqual(regions);
        expect(new Set(regions.flat()).size).toBe(regions.flat().length);
      }),
    );
  });
});
