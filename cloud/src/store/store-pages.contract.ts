import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsOf } from './reading-columns.ts';
import { allPages, minute, sampleBatch, seqs, start } from './reading-store.testing.ts';
import type { ColumnsQuery, ReadingCursor } from './reading-store.ts';
import { eachTestItsStore, type StoreFactory } from './store-under-test.contract.ts';

/** Ranges and pages: every reading once, in the order of measuredAt, origin and seq. */
export function describeStorePages(factory: StoreFactory): void {
  describe('ranges and pages', () => {
    const the = eachTestItsStore(factory);

    it('takes the lower bound in and leaves the upper one out', async () => {
      const { store } = the();
      await store.write([sampleBatch({}, seqs(1, 5))]);
      const found = async (from?: number, to?: number) => {
        const bounds = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
        return (await allPages(store, bounds)).readings.map(({ seq }) => seq);
      };
      expect(await found(start + 2 * minute, start + 4 * minute)).toEqual([2, 3]);
      expect(await found(start + 2 * minute)).toEqual([2, 3, 4, 5]);
      expect(await found(undefined, start + 2 * minute)).toEqual([1]);
      expect(await found(start + 2 * minute, start + 2 * minute)).toEqual([]);
      expect(await found(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)).toEqual([1, 2, 3, 4, 5]);
    });

    it('gives what was stored at a moment or before, and of what was corrected later nothing', async () => {
      const { store } = the();
      const properties = ['water_level'];
      const stored = [start + 5_000, start + 6_000.75, start + 7_000];
      for (const [i, storedAt] of stored.entries())
        await store.write([sampleBatch({ storedAt, properties }, seqs(3 * i + 1, 3 * i + 3))]);
      await store.write([sampleBatch({ storedAt: start + 8_000, properties }, [{ seq: 2, revision: 1 }])]);
      const known = async (asOf: number, more: { from?: number; limit?: number } = {}) => {
        const { readings, pages } = await allPages(store, { asOf, ...more });
        const asked = { site: 'site-a', sensor: 'well-1', properties, asOf, ...more, limit: 100 };
        const page = await store.columns(asked);
        expect(page).toEqual({ columns: columnsOf(readings, properties) });
        return [readings.map(({ seq }) => seq), pages.length];
      };
      expect(await known(start + 4_999)).toEqual([[], 1]);
      expect(await known(start + 5_000)).toEqual([[1, 3], 1]);
      // To the whole millisecond.
      expect(await known(start + 5_999)).toEqual([[1, 3], 1]);
      expect(await known(start + 6_000)).toEqual([[1, 3, 4, 5, 6], 1]);
      expect(await known(start + 7_999.5, { from: start + 2 * minute, limit: 3 })).toEqual([
        [3, 4, 5, 6, 7, 8, 9],
        3,
      ]);
      expect(await known(start + 8_000)).toEqual([[1, 2, 3, 4, 5, 6, 7, 8, 9], 1]);
      expect(await known(Number.POSITIVE_INFINITY)).toEqual([[1, 2, 3, 4, 5, 6, 7, 8, 9], 1]);
      expect(await known(Number.NEGATIVE_INFINITY)).toEqual([[], 1]);
    });

    it('names the next page exactly when more follows', async () => {
      const { store } = the();
      await store.write([sampleBatch({}, seqs(1, 4))]);
      const question = { site: 'site-a', sensor: 'well-1' };
      expect((await store.readings({ ...question, limit: 4 })).next).toBeUndefined();
      expect((await store.readings({ ...question, limit: 3 })).next).toEqual({
        measuredAt: start + 3 * minute,
        origin: 'origin-1',
        seq: 3,
      });
    });

    it('returns only the properties asked for', async () => {
      const { store } = the();
      await store.write([sampleBatch({}, seqs(1, 1))]);
      const [reading] = (await allPages(store, { properties: ['temperature', 'unheard_of'] })).readings;
      expect(reading).toMatchObject({ values: { temperature: 11 }, flags: { temperature: 1 }, causes: {} });
      expect(Object.keys(reading!.values)).toEqual(['temperature']);
    });

    it('gives the same pages as numbers, without readings of a wrong time', async () => {
      const { store } = the();
      const properties = ['water_level', 'note', 'temperature'];
      await store.write([
        sampleBatch({ properties }, [
          { seq: 1, values: { water_level: 1.25, note: 'dry' } },
          { seq: 2, values: { water_level: -0, note: 3, temperature: 4 }, flag: 3, cause: 10 },
          { seq: 3, values: { water_level: null, note: true }, flag: 9, cause: 1 },
        ]),
        sampleBatch({ properties: ['water_level'], origin: 'origin-2' }, seqs(2, 5)),
      ]);
      const future = sampleBatch({ origin: 'origin-3' }, seqs(7, 9));
      future.blocks[0]!.timeFlags[1] = 4;
      await store.write([future]);
      const question = { site: 'site-a', sensor: 'well-1', properties: [...properties, 'unheard_of'] };
      for (const limit of [1, 2, 3, 6, 7, 100]) {
        let asked: ColumnsQuery = { ...question, limit };
        for (;;) {
          const [{ readings, next }, page] = await Promise.all([store.readings(asked), store.columns(asked)]);
          expect(page).toEqual({ columns: columnsOf(readings, asked.properties), ...(next && { next }) });
          if (next === undefined) break;
          asked = { ...asked, after: next };
        }
      }
      expect((await store.columns({ ...question, sensor: 'no-such', limit: 9 })).columns.times).toHaveLength(
        0,
      );
      expect((await store.columns({ ...question, limit: 100 })).columns.times).toHaveLength(9);
      const { columns } = await store.columns({ ...question, limit: 3, to: start + 3 * minute });
      expect(columns.values[0]).toEqual(Float64Array.of(1.25, -0, 2 / 8));
      expect(columns.values[1]).toEqual(Float64Array.of(Number.NaN, 3, Number.NaN));
      expect(columns.flags[0]).toEqual(Uint8Array.of(1, 3, 1));
      expect(columns.flags[3]).toEqual(Uint8Array.of(2, 2, 2));
      expect(columns.causes[2]).toEqual(Uint8Array.of(0, 10, 0));
    });

    it('keeps two sites apart whose sensors share a name', async () => {
      const { store } = the();
      await store.write([sampleBatch({}, seqs(1, 2)), sampleBatch({ site: 'site-b' }, seqs(1, 3))]);
      expect((await allPages(store)).readings).toHaveLength(2);
      expect((await allPages(store, { site: 'site-b' })).readings).toHaveLength(3);
    });

    it('loses and doubles nothing at the borders of pages, whatever shares a moment', async () => {
      const places = fc.record({
        origin: fc.integer({ min: 1, max: 12 }),
        moment: fc.integer({ min: 0, max: 3 }),
      });
      let run = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(places, { minLength: 1, maxLength: 40 }),
          fc.integer({ min: 1, max: 7 }),
          async (all, limit) => {
            const { store } = the();
            const sensor = `well-${++run}`;
            const expected: ReadingCursor[] = [];
            for (const [i, { origin, moment }] of all.entries()) {
              const place = { origin: `origin-${origin}`, measuredAt: start + moment / 4, seq: i + 1 };
              expected.push(place);
              await store.write([sampleBatch({ sensor, origin: place.origin }, [place])]);
            }
            expected.sort(
              (a, b) =>
                a.measuredAt - b.measuredAt ||
                (a.origin < b.origin ? -1 : Number(a.origin > b.origin)) ||
                a.seq - b.seq,
            );
            const { readings, pages } = await allPages(store, { sensor, limit });
            expect(readings.map(({ seq }) => seq)).toEqual(expected.map(({ seq }) => seq));
            for (const page of pages.slice(0, -1)) expect(page.readings).toHaveLength(limit);
            const ends = pages.slice(0, -1).map((_, i) => expected[(i + 1) * limit - 1]);
            expect(pages.slice(0, -1).map(({ next }) => next)).toEqual(ends);
          },
        ),
        { numRuns: 12 },
      );
    });
  });
}
