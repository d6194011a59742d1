import { hourMs } from '@wellhead/protocol';
import { describe, expect, it } from 'vitest';
import type { FoundEvent, StoredEvent } from '../event/stored-event.ts';
import { dayOne, sampleEvent, sampleSpan } from './event-store.testing.ts';
import type { EventQuery, EventStore } from './event-store.ts';
import { eachTestItsStore, type StoreFactory, type StoreSupports } from './store-under-test.contract.ts';

/** What every store must keep of the promises of `EventStore`. */
export function describeEventStore(
  name: string,
  factory: StoreFactory,
  supports: StoreSupports = { reopen: false },
): void {
  describe(`${name} as an EventStore`, () => {
    describeReplacing(factory);
    describeFinding(factory);
    describeFeedback(factory);
    if (supports.reopen) describeReopening(factory);
  });
}

function stored(event: FoundEvent, foundAt: number, more: Partial<StoredEvent> = {}): StoredEvent {
  return { ...event, withdrawn: false, foundAt, changedAt: foundAt, ...more };
}

const idsOf = (events: readonly { id: string }[]) => events.map(({ id }) => id);

async function all(events: EventStore, asked: Partial<EventQuery> = {}) {
  const found = [];
  for (let page = await events.find({ limit: 3, ...asked }); ; ) {
    found.push(...page.events);
    if (page.next === undefined) return found;
    page = await events.find({ limit: 3, ...asked, after: page.next });
  }
}

function describeReplacing(factory: StoreFactory): void {
  describe('replacing', () => {
    const the = eachTestItsStore(factory);

    it('holds what was found, whole', async () => {
      const { events } = the().store;
      const closed = sampleEvent('a', 1);
      const more = { value: Number.NaN, expected: Number.NaN, score: 0.1 + 0.2 };
      const open = sampleEvent('b', 5, { isOpen: true, partOf: 'r', ...more });
      const told = await events.replace([sampleSpan(0, 24, [closed, open])], 1_000);
      expect([...told].sort((x, y) => x.start - y.start)).toEqual([
        stored(closed, 1_000),
        stored(open, 1_000),
      ]);
      expect(await all(events)).toEqual([stored(open, 1_000), stored(closed, 1_000)]);
      expect(await events.get('a')).toEqual(stored(closed, 1_000));
      expect(await events.get('c')).toBeUndefined();
    });

    it('changes nothing when the same comes again, not even the time of change', async () => {
      const { events } = the().store;
      const span = sampleSpan(0, 24, [sampleEvent('a', 1), sampleEvent('b', 5, { isOpen: true })]);
      await events.replace([span], 1_000);
      expect(await events.replace([span], 2_000)).toEqual([]);
      expect((await all(events)).map(({ changedAt }) => changedAt)).toEqual([1_000, 1_000]);
    });

    it('tells and dates what has changed, and keeps when it was found', async () => {
      const { events } = the().store;
      await events.replace(
        [sampleSpan(0, 24, [sampleEvent('a', 1), sampleEvent('b', 5, { isOpen: true })])],
        1_000,
      );
      const ended = sampleEvent('b', 5);
      const told = await events.replace([sampleSpan(0, 24, [sampleEvent('a', 1), ended])], 2_000);
      expect(told).toEqual([stored(ended, 1_000, { changedAt: 2_000 })]);
      expect(await events.get('b')).toEqual(told[0]);
    });

    it('withdraws what is not found again in the span, and nothing outside it', async () => {
      const { events } = the().store;
      const inside = [sampleEvent('a', 1), sampleEvent('b', 5)];
      await events.replace([sampleSpan(0, 24, [...inside, sampleEvent('c', 20)])], 1_000);
      await events.replace(
        [sampleSpan(0, 24, [sampleEvent('d', 1, { sensors: ['well-2'] })], { sensor: 'well-2' })],
        1_000,
      );
      // From the start of a up to the start of c, which is not in it any more.
      const told = await events.replace([sampleSpan(1, 20, [inside[1]!])], 2_000);
      expect(told).toEqual([stored(inside[0]!, 1_000, { withdrawn: true, changedAt: 2_000 })]);
      expect(idsOf(await all(events)).sort()).toEqual(['b', 'c', 'd']);
      expect(idsOf(await all(events, { withdrawn: true })).sort()).toEqual(['a', 'b', 'c', 'd']);
      expect(await events.get('a')).toEqual(told[0]);
      expect(await events.replace([sampleSpan(1, 20, [inside[1]!])], 3_000)).toEqual([]);
    });

    it('takes back an event that comes again after it was withdrawn, as the same one', async () => {
      const { events } = the().store;
      const event = sampleEvent('a', 1);
      await events.replace([sampleSpan(0, 24, [event])], 1_000);
      await events.replace([sampleSpan(0, 24, [])], 2_000);
      const told = await events.replace([sampleSpan(0, 24, [event])], 3_000);
      expect(told).toEqual([stored(event, 1_000, { changedAt: 3_000 })]);
      expect(await all(events)).toEqual(told);
    });

    it('keeps regional events apart from those of the sensors', async () => {
      const { events } = the().store;
      const region = sampleEvent('r', 2, { sensors: ['well-1', 'well-2'] });
      await events.replace([sampleSpan(0, 24, [sampleEvent('a', 1, { partOf: 'r' })])], 1_000);
      await events.replace([sampleSpan(0, 24, [region], { sensor: undefined })], 1_000);
      expect(await events.replace([sampleSpan(0, 24, [])], 2_000)).toHaveLength(1);
      expect(idsOf(await all(events, { sensor: 'well-2' }))).toEqual(['r']);
      await events.replace([sampleSpan(0, 24, [], { sensor: undefined })], 3_000);
      expect(await all(events)).toEqual([]);
    });

    it('takes several spans at once, and an event outside its span not at all', async () => {
      const { events } = the().store;
      const other = sampleEvent('b', 1, { site: 'site-b', sensors: ['mast'] });
      const where = { site: 'site-b', sensor: 'mast' };
      await events.replace(
        [sampleSpan(0, 9, [sampleEvent('a', 1)]), sampleSpan(0, 9, [other], where)],
        1_000,
      );
      expect(await all(events)).toHaveLength(2);
      await expect(events.replace([sampleSpan(0, 9, [sampleEvent('c', 9)])], 1_000)).rejects.toThrow(
        TypeError,
      );
      expect(await all(events)).toHaveLength(2);
    });
  });
}

function describeFinding(factory: StoreFactory): void {
  describe('finding', () => {
    const the = eachTestItsStore(factory);

    it('gives pages newest first, by start and then id, each event once', async () => {
      const { events } = the().store;
      const found = [1, 2, 2, 2, 3, 3, 7].map((at, i) => sampleEvent(`e${i}`, at));
      await events.replace([sampleSpan(0, 24, found)], 1_000);
      const expected = ['e6', 'e5', 'e4', 'e3', 'e2', 'e1', 'e0'];
      for (const limit of [1, 2, 3, 7, 100]) expect(idsOf(await all(events, { limit }))).toEqual(expected);
      expect(await events.find({ limit: 7 })).not.toHaveProperty('next');
      expect((await events.find({ limit: 3 })).next).toEqual({ start: dayOne + 3 * hourMs, id: 'e4' });
    });

    it('finds by site, sensor, kind, and whether it goes on', async () => {
      const { events } = the().store;
      await events.replace(
        [
          sampleSpan(0, 24, [sampleEvent('a', 1), sampleEvent('b', 2, { isOpen: true, kind: 'fault' })]),
          sampleSpan(0, 24, [sampleEvent('c', 3, { site: 'site-b' })], { site: 'site-b' }),
        ],
        1_000,
      );
      expect(idsOf(await all(events, { site: 'site-a' }))).toEqual(['b', 'a']);
      expect(idsOf(await all(events, { site: 'site-b', sensor: 'well-1' }))).toEqual(['c']);
      expect(idsOf(await all(events, { sensor: 'well-2' }))).toEqual([]);
      expect(idsOf(await all(events, { kind: 'fault' }))).toEqual(['b']);
      expect(idsOf(await all(events, { open: true }))).toEqual(['b']);
      expect(idsOf(await all(events, { open: false }))).toEqual(['c', 'a']);
      await expect(events.find({ limit: 0 })).rejects.toThrow(TypeError);
    });

    it('finds what overlaps a half-open range, open events as if they never ended', async () => {
      const { events } = the().store;
      // From 1 to 3, and from 10 on.
      await events.replace(
        [sampleSpan(0, 24, [sampleEvent('a', 1), sampleEvent('b', 10, { isOpen: true })])],
        1_000,
      );
      const between = async (from: number | undefined, to: number | undefined) =>
        idsOf(
          await all(events, {
            ...(from !== undefined && { from: dayOne + from * hourMs }),
            ...(to !== undefined && { to: dayOne + to * hourMs }),
          }),
        );
      expect(await between(0, 1)).toEqual([]);
      expect(await between(0, 2)).toEqual(['a']);
      expect(await between(3, 10)).toEqual(['a']);
      expect(await between(3.5, 10)).toEqual([]);
      expect(await between(400, undefined)).toEqual(['b']);
      expect(await between(undefined, 11)).toEqual(['b', 'a']);
    });
  });
}

function describeFeedback(factory: StoreFactory): void {
  describe('feedback', () => {
    const the = eachTestItsStore(factory);
    const said = (event: string, at: number, verdict: 'true' | 'false' | 'maintenance', note = '') => ({
      event,
      verdict,
      author: 'ann',
      note,
      at,
    });

    it('is kept whole, and the newest is beside the event', async () => {
      const { events } = the().store;
      await events.replace([sampleSpan(0, 24, [sampleEvent('a', 1), sampleEvent('b', 2)])], 1_000);
      const [first, second] = [said('a', 100, 'false', 'a lorry'), said('a', 200, 'true', '“no”')];
      expect(await events.judge(second)).toBe(true);
      expect(await events.judge(first)).toBe(true);
      expect(await events.judge(said('no-such', 300, 'true'))).toBe(false);
      expect(await events.feedback({ event: 'a' })).toEqual([first, second]);
      expect(await events.feedback({ event: 'b' })).toEqual([]);
      expect((await events.get('a'))?.feedback).toEqual(second);
      const [b, a] = await all(events);
      expect(a?.feedback).toEqual(second);
      expect(b).not.toHaveProperty('feedback');
    });

    it('is found by sensor and by time, and outlives the withdrawal of its event', async () => {
      const { events } = the().store;
      await events.replace(
        [
          sampleSpan(0, 24, [sampleEvent('a', 1)]),
          sampleSpan(0, 24, [sampleEvent('b', 2, { sensors: ['well-2'] })], { sensor: 'well-2' }),
        ],
        1_000,
      );
      const [one, two] = [said('a', 100, 'false'), said('b', 200, 'maintenance')];
      await events.judge(one);
      await events.judge(two);
      await events.replace([sampleSpan(0, 24, [])], 2_000);
      expect(await events.feedback({ site: 'site-a', sensor: 'well-1' })).toEqual([one]);
      expect(await events.feedback({ site: 'site-b', sensor: 'well-1' })).toEqual([]);
      expect(await events.feedback({ since: 100 })).toEqual([one, two]);
      expect(await events.feedback({ since: 101 })).toEqual([two]);
      expect(await events.get('a')).toMatchObject({ withdrawn: true, feedback: one });
      await events.replace([sampleSpan(0, 24, [sampleEvent('a', 1)])], 3_000);
      expect(await events.get('a')).toMatchObject({ withdrawn: false, feedback: one });
    });
  });
}

function describeReopening(factory: StoreFactory): void {
  describe('events after reopening', () => {
    const the = eachTestItsStore(factory);

    it('are the same, with what was said of them', async () => {
      const test = the();
      await test.store.events.replace([sampleSpan(0, 24, [sampleEvent('a', 1), sampleEvent('b', 5)])], 1_000);
      await test.store.events.replace([sampleSpan(0, 24, [sampleEvent('b', 5, { isOpen: true })])], 2_000);
      await test.store.events.judge({ event: 'a', verdict: 'false', author: 'ann', note: '', at: 5 });
      const before = await all(test.store.events, { withdrawn: true });
      const { events } = await test.reopen!();
      expect(await all(events, { withdrawn: true })).toEqual(before);
      expect(
        await events.replace([sampleSpan(0, 24, [sampleEvent('b', 5, { isOpen: true })])], 3_000),
      ).toEqual([]);
    });
  });
}
