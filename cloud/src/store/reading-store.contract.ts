import { describe, expect, it } from 'vitest';
import { allPages, minute, sampleBatch, seqs, start, storedForm } from './reading-store.testing.ts';
import type { ReadingStore } from './reading-store.ts';
import { describeStorePages } from './store-pages.contract.ts';
import { describeStoreScan } from './store-scan.contract.ts';
import { describeStoreThin } from './store-thin.contract.ts';
import { eachTestItsStore, type StoreFactory, type StoreSupports } from './store-under-test.contract.ts';
import { describeStoredValues } from './stored-values.contract.ts';

/** What every store must keep of the promises of `ReadingStore`. */
export function describeReadingStore(
  name: string,
  factory: StoreFactory,
  supports: StoreSupports = { reopen: false },
): void {
  describe(`${name} as a ReadingStore`, () => {
    describeWriting(factory);
    describeLists(factory);
    describeStorePages(factory);
    describeStoreThin(factory);
    describeStoreScan(factory);
    describeStoredValues(factory, supports);
    if (supports.reopen) describeReopening(factory);
  });
}

function describeWriting(factory: StoreFactory): void {
  describe('writing', () => {
    const the = eachTestItsStore(factory);

    it('holds a key once, however often it is written', async () => {
      const { store } = the();
      const batch = sampleBatch({}, seqs(1, 5));
      expect(await store.write([batch])).toEqual({ written: 5, repeated: 0, revised: 0 });
      expect(await store.write([batch])).toEqual({ written: 0, repeated: 5, revised: 0 });
      expect(await store.write([batch, batch])).toEqual({ written: 0, repeated: 10, revised: 0 });
      expect((await allPages(store)).readings).toEqual(storedForm(batch));
    });

    it('takes from overlapping blocks, in one write or in several, what is new', async () => {
      const { store } = the();
      const head = { storedAt: start };
      await store.write([sampleBatch(head, seqs(4, 6))]);
      const result = await store.write([
        sampleBatch(head, seqs(1, 5), seqs(5, 8)),
        sampleBatch(head, seqs(7, 9), seqs(2, 2), seqs(11, 12)),
      ]);
      expect(result).toEqual({ written: 8, repeated: 7, revised: 0 });
      const { readings } = await allPages(store);
      expect(readings.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12]);
    });

    it('replaces a reading by a higher revision, never by a lower or the same', async () => {
      const { store } = the();
      const revision = (number: number, value: number) =>
        sampleBatch({}, [{ seq: 2, revision: number, values: { water_level: value } }]);
      await store.write([sampleBatch({}, seqs(1, 3))]);
      expect(await store.write([revision(2, 20)])).toEqual({ written: 0, repeated: 0, revised: 1 });
      expect(await store.write([revision(1, 10)])).toEqual({ written: 0, repeated: 1, revised: 0 });
      expect(await store.write([revision(2, 21)])).toEqual({ written: 0, repeated: 1, revised: 0 });
      const { readings } = await allPages(store);
      expect(readings.map(({ seq, values }) => [seq, values.water_level])).toEqual([
        [1, 0.125],
        [2, 20],
        [3, 0.375],
      ]);
      expect(readings[1]).toEqual(storedForm(revision(2, 20))[0]);
    });

    it('settles on the highest revision when all come in one write, in any order', async () => {
      const { store } = the();
      const revised = [3, 1, 2].map((revision) => ({ seq: 1, revision, values: { water_level: revision } }));
      const result = await store.write([sampleBatch({}, seqs(1, 2), revised), sampleBatch({}, seqs(1, 1))]);
      expect(result).toEqual({ written: 2, repeated: 3, revised: 1 });
      const { readings } = await allPages(store);
      expect(readings.map(({ seq, revision }) => [seq, revision])).toEqual([
        [1, 3],
        [2, 0],
      ]);
    });

    it('finds the reading to replace when the revision corrects its time', async () => {
      const { store } = the();
      await store.write([sampleBatch({}, [{ seq: 1, measuredAt: 5000 }, { seq: 2 }])]);
      await store.write([sampleBatch({}, [{ seq: 1, revision: 1 }])]);
      expect((await allPages(store)).readings.map(({ measuredAt }) => Date.parse(measuredAt))).toEqual([
        start + minute,
        start + 2 * minute,
      ]);
      const [summary] = await store.sensors();
      expect(summary).toMatchObject({ readings: 2, firstMeasuredAt: start + minute });
    });

    it('moves the newest reading back when its time is corrected', async () => {
      const { store } = the();
      await store.write([sampleBatch({}, [{ seq: 1 }, { seq: 2, measuredAt: start + 1e9 }])]);
      await store.write([sampleBatch({}, [{ seq: 2, revision: 1, measuredAt: start }])]);
      expect((await store.latest()).map(({ seq }) => seq)).toEqual([1]);
      expect((await store.sensors())[0]).toMatchObject({
        readings: 2,
        firstMeasuredAt: start,
        lastMeasuredAt: start + minute,
      });
    });

    it('welcomes readings in any order, a month late too', async () => {
      const { store } = the();
      const late = sampleBatch(
        { lane: 'historical', origin: 'origin-0' },
        seqs(1, 3, { measuredAt: start - 30 * 86_400_000 }),
      );
      const batches = [
        sampleBatch({}, seqs(7, 9)),
        sampleBatch({}, seqs(1, 3)),
        late,
        sampleBatch({}, [{ seq: 5 }, { seq: 4 }]),
      ];
      for (const batch of batches) await store.write([batch]);
      const { readings } = await allPages(store);
      expect(readings.map(({ seq }) => seq)).toEqual([1, 2, 3, 1, 2, 3, 4, 5, 7, 8, 9]);
      expect(readings.slice(0, 4).map(({ historical }) => historical)).toEqual([true, true, true, false]);
      expect((await store.latest())[0]?.seq).toBe(9);
    });

    it('holds a key once where seq is the time, without counting holes', async () => {
      const { store } = the();
      const timed = (...times: number[]) =>
        sampleBatch(
          { seqIsTime: true },
          times.map((at) => ({ seq: start + at, measuredAt: start + at })),
        );
      expect(await store.write([timed(10, 20, 30)])).toEqual({ written: 3, repeated: 0, revised: 0 });
      expect(await store.write([timed(5, 10, 15), timed(15, 30, 40)])).toEqual({
        written: 3,
        repeated: 3,
        revised: 0,
      });
      expect((await allPages(store)).readings.map(({ seq }) => seq - start)).toEqual([5, 10, 15, 20, 30, 40]);
      expect((await store.sensors())[0]).toMatchObject({ readings: 6, origins: [] });
    });

    it('leaves nothing of a write that no store can hold, and takes the next', async () => {
      const { store } = the();
      const unfit = sampleBatch({ sensor: 'well-2' }, [{ seq: 1, measuredAt: Number.NaN }]);
      await expect(store.write([sampleBatch({}, seqs(1, 3)), unfit])).rejects.toThrow(TypeError);
      expect(await store.sensors()).toEqual([]);
      expect(await store.write([sampleBatch({}, seqs(1, 3))])).toMatchObject({ written: 3 });
    });

    it('answers beside a write, with all of it or nothing', async () => {
      const { store } = the();
      await store.write([sampleBatch({}, seqs(1, 1))]);
      const writing = store.write([sampleBatch({}, seqs(2, 20_000))]);
      const { readings } = await store.readings({ site: 'site-a', sensor: 'well-1', limit: 30_000 });
      expect([1, 20_000]).toContain(readings.length);
      await writing;
      expect(
        (await store.readings({ site: 'site-a', sensor: 'well-1', limit: 30_000 })).readings,
      ).toHaveLength(20_000);
    });

    it('closes twice, and refuses what comes after', async () => {
      const { store } = the();
      await store.write([sampleBatch({}, seqs(1, 3))]);
      await Promise.all([store.close(), store.close()]);
      await store.close();
      await expect(store.write([])).rejects.toMatchObject({ code: 'STORE_WRITE' });
      await expect(allPages(store)).rejects.toMatchObject({ code: 'STORE_QUERY' });
      await expect(store.latest()).rejects.toMatchObject({ code: 'STORE_QUERY' });
    });
  });
}

function describeLists(factory: StoreFactory): void {
  describe('lists', () => {
    const the = eachTestItsStore(factory);

    it('knows nothing at first', async () => {
      const { store } = the();
      expect(await store.sensors()).toEqual([]);
      expect(await store.latest()).toEqual([]);
      expect(await store.readings({ site: 'no', sensor: 'such', limit: 10 })).toEqual({ readings: [] });
      expect(await store.stats()).toMatchObject({ readings: 0 });
    });

    it('sums up each sensor, by site and name', async () => {
      const { store } = the();
      await store.write([
        sampleBatch({ site: 'site-b' }, seqs(1, 2)),
        sampleBatch({ sensor: 'well-2', storedAt: start + 7 }, seqs(1, 4)),
        sampleBatch({ storedAt: start + 5 }, seqs(3, 4)),
      ]);
      const summaries = await store.sensors();
      expect(summaries.map(({ site, sensor, readings }) => [site, sensor, readings])).toEqual([
        ['site-a', 'well-1', 2],
        ['site-a', 'well-2', 4],
        ['site-b', 'well-1', 2],
      ]);
      expect(await store.sensors({ site: 'site-a' })).toEqual(summaries.slice(0, 2));
      expect(await store.sensors({ site: 'site-a', sensor: 'well-2' })).toEqual([summaries[1]]);
      expect(await store.sensors({ sensor: 'well-1' })).toEqual([summaries[0], summaries[2]]);
      expect(await store.sensors({ site: 'site-c' })).toEqual([]);
      expect(summaries[1]).toEqual({
        site: 'site-a',
        sensor: 'well-2',
        gateway: 'gateway-1',
        type: 'groundwater',
        properties: ['water_level', 'temperature'],
        readings: 4,
        firstMeasuredAt: start + minute,
        lastMeasuredAt: start + 4 * minute,
        lastStoredAt: start + 7,
        origins: [{ origin: 'origin-1', highest: 4, missing: [] }],
      });
      expect(await store.stats()).toMatchObject({ readings: 8 });
    });

    it('reports the holes of each origin, the first hundred', async () => {
      const { store } = the();
      const odd = Array.from({ length: 150 }, (_, i) => ({ seq: 2 * i + 1 }));
      await store.write([sampleBatch({}, seqs(3, 5), seqs(9, 9)), sampleBatch({ origin: 'origin-2' }, odd)]);
      const [one, two] = (await store.sensors())[0]!.origins;
      expect(one).toEqual({
        origin: 'origin-1',
        highest: 9,
        missing: [
          [1, 2],
          [6, 8],
        ],
      });
      expect(two).toMatchObject({ origin: 'origin-2', highest: 299 });
      expect(two!.missing).toHaveLength(100);
      await store.write([sampleBatch({}, seqs(1, 8))]);
      expect((await store.sensors())[0]!.origins[0]).toMatchObject({ highest: 9, missing: [] });
    });

    it('shows the newest reading of all, of a site, of a sensor', async () => {
      const { store } = the();
      const other = sampleBatch({ site: 'site-b', gateway: 'gateway-2' }, seqs(1, 3));
      await store.write([sampleBatch({}, seqs(1, 9)), sampleBatch({ sensor: 'well-2' }, seqs(1, 2)), other]);
      await store.write([sampleBatch({ origin: 'origin-0' }, seqs(1, 4))]);
      const shown = (await store.latest()).map(({ site, sensor, seq }) => [site, sensor, seq]);
      expect(shown).toEqual([
        ['site-a', 'well-1', 9],
        ['site-a', 'well-2', 2],
        ['site-b', 'well-1', 3],
      ]);
      expect(await store.latest({ site: 'site-b' })).toEqual(storedForm(other).slice(2));
      expect(await store.latest({ sensor: 'well-1' })).toHaveLength(2);
      expect(await store.latest({ site: 'site-b', sensor: 'well-2' })).toEqual([]);
    });
  });
}

function describeReopening(factory: StoreFactory): void {
  describe('reopening', () => {
    const the = eachTestItsStore(factory);

    it('keeps readings, lists, newest values, holes and revisions', async () => {
      const test = the();
      const properties = ['water_level', 'note'];
      await test.store.write([
        sampleBatch({ properties }, [{ seq: 1, values: { note: 'dry', water_level: -0 } }, ...seqs(4, 9)]),
        sampleBatch({ type: 'weather', sensor: 'mast', properties: ['note'] }, [
          { seq: 1, values: { note: null } },
        ]),
        sampleBatch({ seqIsTime: true, origin: 'csv' }, [{ seq: start, measuredAt: start }]),
      ]);
      await test.store.write([
        sampleBatch({ properties }, [{ seq: 9, revision: 3, values: { note: true } }]),
      ]);
      const seen = async (store: ReadingStore) => ({
        sensors: await store.sensors(),
        latest: await store.latest(),
        readings: (await allPages(store)).readings,
        mast: (await allPages(store, { sensor: 'mast' })).readings,
        count: (await store.stats()).readings,
      });
      const before = await seen(test.store);
      const store = await test.reopen!();
      expect(await seen(store)).toEqual(before);
      expect(await store.write([sampleBatch({}, seqs(1, 9))])).toEqual({
        written: 2,
        repeated: 7,
        revised: 0,
      });
      const timed = sampleBatch({ seqIsTime: true, origin: 'csv' }, [{ seq: start, measuredAt: start }]);
      expect(await store.write([timed])).toMatchObject({ repeated: 1 });
      const wider = sampleBatch({ properties: ['water_level', 'sec'] }, [{ seq: 10, values: { sec: 5 } }]);
      expect(await store.write([wider])).toMatchObject({ written: 1 });
      expect((await store.latest({ sensor: 'well-1' }))[0]).toEqual(storedForm(wider)[0]);
    });
  });
}
