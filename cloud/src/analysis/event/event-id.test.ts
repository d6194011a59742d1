import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventIds, regionalId } from './event-id.ts';

const event = (start: number, kind: 'process' | 'fault' | 'maintenance' = 'process', property = 'level') => ({
  start,
  kind,
  properties: [property],
});
const ids = (...events: ReturnType<typeof event>[]) => eventIds('kent', 'b1', events);

describe('ids of events', () => {
  it('stay what they were published as', () => {
    expect(ids(event(Date.UTC(2026, 0, 1)))).toEqual(['1cm2q2msc7do3']);
  });

  it('do not depend on what the event has grown to', () => {
    const [one] = ids({ ...event(5), properties: ['level', 'sec'] });
    expect(ids({ ...event(5), properties: ['sec', 'level'] })).toEqual([one]);
    expect(ids(event(1), event(5))[1]).toBe(one);
  });

  it('differ by site, sensor, start, and whether the ground or the instrument did it', () => {
    const all = [
      ...ids(event(5), event(6), event(5, 'fault')),
      ...eventIds('kent', 'b2', [event(5)]),
      ...eventIds('surrey', 'b1', [event(5)]),
      regionalId('kent', 'level', 5),
    ];
    expect(new Set(all).size).toBe(all.length);
    expect(ids(event(5, 'fault'))).toEqual(ids(event(5, 'maintenance')));
  });

  it('of one list are never the same', () => {
    const list = fc.array(
      fc.record({
        start: fc.integer({ min: 0, max: 3 }),
        kind: fc.constantFrom('process' as const, 'fault' as const, 'maintenance' as const),
        properties: fc.array(fc.constantFrom('a', 'b'), { maxLength: 2 }),
      }),
      { maxLength: 30 },
    );
    fc.assert(fc.property(list, (events) => new Set(eventIds('s', 'x', events)).size === events.length));
  });

  it('are as far apart as chance allows', () => {
    const many = Array.from({ length: 50_000 }, (_, i) => event(i));
    expect(new Set(eventIds('kent', 'b1', many)).size).toBe(many.length);
  });
});
