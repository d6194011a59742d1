import { isFlag, readingsOf } from '@wellhead/protocol';
import { describe, expect, it } from 'vitest';
import { flagOfRank, rankOfFlag } from './quality-word.ts';
import { minute, type Sample, sampleBatch, seqs, start } from './reading-store.testing.ts';
import type { StoredBatch } from './reading-store.ts';
import { eachTestItsStore, type StoreFactory } from './store-under-test.contract.ts';
import type { Thinned } from './thin-query.ts';

const properties = ['water_level', 'temperature', 'unheard_of'];
const question = { site: 'site-a', sensor: 'well-1', properties };

/** Thinning, told once more in the plainest way. */
function thinByHand(batches: readonly StoredBatch[], bucketMs: number): Thinned['buckets'] {
  const readings = batches
    .flatMap((batch) => batch.blocks.flatMap((block) => readingsOf(block, batch.site, batch.origin)))
    .filter(({ time }) => time.flag !== 4);
  const startOf = (measuredAt: string) => Math.floor(Date.parse(measuredAt) / bucketMs) * bucketMs;
  const starts = [...new Set(readings.map(({ measuredAt }) => startOf(measuredAt)))].sort((a, b) => a - b);
  return starts.map((at) => {
    const here = readings.filter(({ measuredAt }) => startOf(measuredAt) === at);
    const times = here.map(({ measuredAt }) => Date.parse(measuredAt));
    return {
      start: at,
      readings: here.length,
      first: Math.min(...times),
      last: Math.max(...times),
      cells: properties.map((property) => {
        const usable = here.flatMap(({ values, flags }) => {
          const value = values[property];
          const flag = flags[property];
          return typeof value === 'number' && Number.isFinite(value) && flag !== 4 && flag !== 9
            ? [value]
            : [];
        });
        const ranks = here
          .map(({ flags }) => flags[property])
          .filter(isFlag)
          .map(rankOfFlag);
        return {
          count: usable.length,
          min: usable.length === 0 ? Number.NaN : Math.min(...usable),
          max: usable.length === 0 ? Number.NaN : Math.max(...usable),
          worst: ranks.length === 0 ? undefined : flagOfRank(Math.max(...ranks)),
        };
      }),
    };
  });
}

/** What every store must keep of `thin`. */
export function describeStoreThin(factory: StoreFactory): void {
  describe('thinning', () => {
    const the = eachTestItsStore(factory);

    it('gives lowest, highest, count and worst flag of each stretch, whatever is in it', async () => {
      const odd: Sample[] = [
        { seq: 41, values: { water_level: 99_999, temperature: 3 }, flag: 4, cause: 9 },
        { seq: 42, values: { water_level: '(na)' }, flag: 9, cause: 1 },
        { seq: 43, values: { temperature: Number.NaN, water_level: -7.5 }, flag: 3, cause: 10 },
        { seq: 44, values: { water_level: null } },
        { seq: 45, values: {} },
        { seq: 900, values: { water_level: 'says "temperature": 7' } },
      ];
      const batches = [
        sampleBatch({}, seqs(1, 40), odd),
        sampleBatch({ origin: 'origin-2' }, seqs(20, 60, { values: { temperature: -40 }, flag: 2 })),
        sampleBatch({ type: 'river-stage', properties: ['water_level'], origin: 'origin-3' }, seqs(80, 90)),
      ];
      const wrong = sampleBatch({ origin: 'origin-4' }, [{ seq: 1, measuredAt: start + 1e12 }]);
      wrong.blocks[0]!.timeFlags[0] = 4;
      await the().store.write([...batches, wrong]);
      for (const buckets of [2, 3, 10, 50, 5_000]) {
        const thinned = await the().store.thin({ ...question, buckets });
        expect(thinned.buckets.length).toBeLessThanOrEqual(buckets);
        expect(thinned).toEqual({
          bucketMs: thinned.bucketMs,
          buckets: thinByHand(batches, thinned.bucketMs),
          untimely: 1,
        });
      }
      expect((await the().store.thin({ ...question, buckets: 5_000 })).bucketMs).toBe(15_000);
    });

    it('takes the half-open range that is asked for, and borders that do not move with it', async () => {
      const batch = sampleBatch({}, seqs(1, 600));
      await the().store.write([batch]);
      const ask = (from: number, to: number) =>
        the().store.thin({ ...question, from: start + from * minute, to: start + to * minute, buckets: 12 });
      const hours = await ask(60, 660);
      expect(hours.bucketMs).toBe(60 * minute);
      expect(hours.buckets.map(({ readings }) => readings)).toEqual([60, 60, 60, 60, 60, 60, 60, 60, 60, 1]);
      const moved = await ask(90, 690);
      expect(moved.buckets.slice(1)).toEqual(hours.buckets.slice(1));
      expect(moved.buckets[0]).toMatchObject({ start: start + 60 * minute, readings: 30 });
      expect(moved.buckets[0]!.first).toBe(start + 90 * minute);
    });

    it('is of what was stored at a moment or before', async () => {
      const early = sampleBatch({ storedAt: start }, seqs(1, 40));
      const late = sampleBatch({ storedAt: start + 1, origin: 'origin-2' }, seqs(1, 80));
      const wrong = sampleBatch({ storedAt: start + 1, origin: 'origin-3' }, seqs(1, 1));
      wrong.blocks[0]!.timeFlags[0] = 4;
      await the().store.write([early, late, wrong]);
      const asOf = async (moment: number) => the().store.thin({ ...question, asOf: moment, buckets: 10 });
      const then = await asOf(start);
      expect(then).toMatchObject({ buckets: thinByHand([early], then.bucketMs), untimely: 0 });
      const now = await asOf(start + 1);
      expect(now).toMatchObject({ buckets: thinByHand([early, late], now.bucketMs), untimely: 1 });
      expect(await asOf(start - 1)).toMatchObject({ buckets: [], untimely: 0 });
    });

    it('is empty where there is nothing', async () => {
      const nothing = { buckets: [], untimely: 0 };
      expect(await the().store.thin({ ...question, buckets: 9 })).toMatchObject(nothing);
      await the().store.write([sampleBatch({}, seqs(1, 2))]);
      const later = { ...question, from: start + 1e9, buckets: 9 };
      expect(await the().store.thin(later)).toMatchObject(nothing);
      for (const buckets of [0, 1, 1.5, 10_001])
        await expect(the().store.thin({ ...question, buckets })).rejects.toThrow(TypeError);
    });
  });
}
